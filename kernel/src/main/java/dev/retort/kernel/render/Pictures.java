package dev.retort.kernel.render;

import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import javax.swing.ImageIcon;

/** Pictures that are not pixels yet. */
final class Pictures {
    private Pictures() {
    }

    /** A picture as pixels, once it is loaded. */
    static BufferedImage drawn(Image image) {
        Image loaded = new ImageIcon(image).getImage();
        int width = Math.max(1, loaded.getWidth(null));
        int height = Math.max(1, loaded.getHeight(null));
        BufferedImage pixels = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = pixels.createGraphics();
        graphics.drawImage(loaded, 0, 0, null);
        graphics.dispose();
        return pixels;
    }
}

package dev.retort.model;

import ai.djl.util.Utils;
import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * ONNX Runtime, started at first use. Its libraries are unpacked once, beside those of DJL: by itself it unpacks 24 MB in each
 * JVM, to a temporary folder that stays behind where the JVM is killed.
 */
final class OnnxRuntime {
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private OnnxRuntime() {
    }

    static OrtEnvironment environment() {
        return Holder.ENVIRONMENT;
    }

    private static final class Holder {
        static final OrtEnvironment ENVIRONMENT = start();

        private static OrtEnvironment start() {
            if (System.getProperty(FOLDER_PROPERTY) == null) {
                try {
                    unpack(Utils.getEngineCacheDir("onnxruntime"));
                } catch (IOException e) {
                    // It unpacks them itself.
                }
            }
            return OrtEnvironment.getEnvironment();
        }
    }

    /** @param folder gets a folder for each version */
    static void unpack(Path folder) throws IOException {
        Path own = null;
        for (String library : LIBRARIES) {
            String file = System.mapLibraryName(library);
            URL resource = OrtEnvironment.class.getResource("native/" + platform() + "/" + file);
            if (resource == null || !(resource.openConnection() instanceof JarURLConnection jar)) {
                return;
            }
            own = own != null ? own : folder.resolve(Long.toHexString(jar.getJarEntry().getCrc()));
            Path target = own.resolve(file);
            if (!Files.isReadable(target) || Files.size(target) != jar.getContentLengthLong()) {
                write(jar, target);
            }
        }
        System.setProperty(FOLDER_PROPERTY, own.toString());
    }

    private static void write(JarURLConnection library, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        Path temporary = target.resolveSibling(UUID.randomUUID() + ".tmp"); // Readable for all who share the folder.
        try (InputStream in = library.getInputStream()) {
            Files.copy(in, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** As ONNX Runtime names it. */
    private static String platform() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x64";
        return (system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux") + "-" + processor;
    }
}

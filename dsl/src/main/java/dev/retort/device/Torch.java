package dev.retort.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;

/** The PyTorch engine of DJL, started at first use: a notebook that never trains does not pay for it. */
public final class Torch {
    private static final String NATIVES = "native/lib/pytorch.properties";

    private Torch() {
    }

    /**
     * The engine; the first call unpacks and loads libtorch. Gradients are then off on this thread but for a collector's:
     * PyTorch starts every thread with them on.
     */
    public static Engine engine() {
        Engine engine = Holder.ENGINE;
        JniUtils.setGradMode(false);
        Threads.apply();
        return engine;
    }

    /** A manager of tensors on the CPU; whoever asks for it closes it. */
    public static NDManager manager() {
        return engine().newBaseManager(Device.cpu());
    }

    private static final class Holder {
        static final Engine ENGINE = start();

        private static Engine start() {
            keepQuiet();
            NativeSettings.apply();
            return Engine.getEngine("PyTorch");
        }

        /** Nothing is fetched or reported over the network when the libraries are on the class path. */
        private static void keepQuiet() {
            if (Torch.class.getClassLoader().getResource(NATIVES) != null) {
                setUnlessSet("ai.djl.offline", "true");
            }
            setUnlessSet("OPT_OUT_TRACKING", "true");
        }

        private static void setUnlessSet(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }
}

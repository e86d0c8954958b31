package dev.retort.device;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.cuda.CudaUtils;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Finds the accelerator to train on. */
public final class Devices {
    private static final String REMEDY =
            "Install the NVIDIA driver and a CUDA build of PyTorch 2.7.1 (pip install torch==2.7.1), then start with"
                    + " PYTORCH_LIBRARY_PATH=<site-packages>/torch/lib PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128";

    private Devices() {
    }

    /** The first GPU on which a trial operation succeeds, otherwise the CPU. */
    public static Device best() {
        return all().get(0);
    }

    /** All GPUs on which a trial operation succeeds, otherwise the CPU. */
    public static List<Device> all() {
        return Found.DEVICES;
    }

    /**
     * The device of this name.
     *
     * @param name {@code cpu}, {@code gpu} (the first one), {@code gpu:1}, …
     * @throws IllegalArgumentException when there is no such device here; says what to install
     */
    public static Device named(String name) {
        if (name.equals("cpu")) {
            return Device.cpu();
        }
        if (!name.matches("gpu(:\\d{1,3})?")) {
            throw new IllegalArgumentException("no device '" + name + "'; write \"cpu\", \"gpu\" or \"gpu:0\"");
        }
        int wanted = name.equals("gpu") ? 0 : Integer.parseInt(name.substring(4));
        int count = gpuCount();
        if (wanted >= count) {
            throw new IllegalArgumentException(
                    "no device '" + name + "': " + found(count) + ". " + REMEDY + ", or leave the device out to use the CPU.");
        }
        Device gpu = Device.gpu(wanted);
        try {
            tryOut(gpu);
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new IllegalArgumentException(
                    "device '" + name + "' is there but does not work: " + e.getMessage() + ". " + REMEDY + ".", e);
        }
        return gpu;
    }

    /** How a device is written in the language: {@code cpu}, {@code gpu:0}. */
    public static String name(Device device) {
        return device.isGpu() ? "gpu:" + device.getDeviceId() : device.getDeviceType();
    }

    /** What there is to train on: the library and its flavour, and each GPU with its memory, or how to get one to work. */
    public static String report() {
        Engine engine = Torch.engine();
        String library = "PyTorch %s (%s), %d processor cores".formatted(engine.getVersion(),
                Objects.requireNonNullElse(System.getenv("PYTORCH_FLAVOR"), "cpu"), Runtime.getRuntime().availableProcessors());
        int count = gpuCount();
        String gpus = count == 0 ? found(0) + ": runs use the CPU. " + REMEDY + "."
                : IntStream.range(0, count).mapToObj(i -> gpu(Device.gpu(i))).collect(Collectors.joining("\n"));
        return library + "\n" + gpus;
    }

    private static String gpu(Device gpu) {
        MemoryUsage memory = CudaUtils.getGpuMemory(gpu);
        return String.format(Locale.ROOT, "%s: CUDA %s, compute capability %s, %.1f of %.1f GB used", name(gpu),
                CudaUtils.getCudaVersionString(), CudaUtils.getComputeCapability(gpu.getDeviceId()),
                memory.getCommitted() / 1e9, memory.getMax() / 1e9);
    }

    private static String found(int count) {
        return switch (count) {
            case 0 -> "PyTorch finds no GPU on this machine";
            case 1 -> "PyTorch finds one GPU, gpu:0";
            default -> "PyTorch finds " + count + " GPUs, gpu:0 to gpu:" + (count - 1);
        };
    }

    /** A driver can be there without a working CUDA library, so counting is not enough. */
    private static void tryOut(Device device) {
        try (NDManager manager = Torch.engine().newBaseManager(device)) {
            manager.ones(new Shape(2, 2)).sum().getFloat();
        }
    }

    private static int gpuCount() {
        Engine engine = Torch.engine();
        return engine.hasCapability(StandardCapabilities.CUDA) ? engine.getGpuCount() : 0;
    }

    private static boolean works(Device device) {
        try {
            tryOut(device);
            return true;
        } catch (EngineException | UnsatisfiedLinkError e) {
            return false;
        }
    }

    private static final class Found {
        static final List<Device> DEVICES = find();

        private static List<Device> find() {
            List<Device> gpus = IntStream.range(0, gpuCount()).mapToObj(Device::gpu).filter(Devices::works).toList();
            return gpus.isEmpty() ? List.of(Device.cpu()) : gpus;
        }
    }
}

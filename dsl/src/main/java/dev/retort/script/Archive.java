package dev.retort.script;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript text in the archive that libtorch loads: a ZIP file of uncompressed entries, with the code as text and the
 * module's attributes as a pickle.
 *
 * @param lists   the module's attributes, lists of tensors, empty at first; each gets a method that adds one
 * @param methods the module's methods
 */
record Archive(List<String> lists, String methods) {
    /** The present would have Java load all time zones first. */
    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);
    private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

    static String adder(String list) {
        return "add_to_" + list;
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "data.pkl", module());
            put(zip, "code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
            put(zip, "constants.pkl", NO_CONSTANTS);
            put(zip, "version", "3\n".getBytes(StandardCharsets.UTF_8));
            put(zip, "byteorder", "little".getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private String code() {
        StringBuilder code = new StringBuilder("""
                class Program(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                """);
        for (String list : lists) {
            code.append("  ").append(list).append(" : List[Tensor]\n");
        }
        for (String list : lists) {
            code.append("""
                      def %s(self: __torch__.Program, array: Tensor) -> Tensor:
                        more = torch.append(self.%s, array)
                        return array
                    """.formatted(adder(list), list));
        }
        return code + methods;
    }

    /** A pickle, protocol 2, of an object of the class with its attributes. */
    private byte[] module() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream pickle = new DataOutputStream(bytes);
        pickle.write(new byte[] {(byte) 0x80, 2});
        pickle.writeBytes("c__torch__\nProgram\n)");
        pickle.write(0x81);
        pickle.writeBytes("}(");
        string(pickle, "training");
        pickle.write(0x88);
        for (String list : lists) {
            string(pickle, list);
            pickle.writeBytes("ctorch.jit._pickle\nbuild_tensorlist\n(](etR");
        }
        pickle.writeBytes("ub.");
        return bytes.toByteArray();
    }

    private static void string(DataOutputStream pickle, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        pickle.write('X');
        pickle.writeInt(Integer.reverseBytes(bytes.length));
        pickle.write(bytes);
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        ZipEntry entry = new ZipEntry("program/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setTimeLocal(ANY_TIME);
        CRC32 checksum = new CRC32();
        checksum.update(content);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}

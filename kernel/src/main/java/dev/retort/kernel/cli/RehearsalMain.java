package dev.retort.kernel.cli;

import dev.retort.kernel.Home;
import dev.retort.kernel.Rehearsal;
import dev.retort.kernel.wire.Connection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the launcher runs once for each JDK, with the JVM recording: a notebook as {@code retort run} would and a kernel as
 * Jupyter would.
 */
public final class RehearsalMain {
    private static final String NOTEBOOK = """
            {"cells": [{"cell_type": "code", "execution_count": null, "id": "a", "metadata": {}, "outputs": [], "source": ["1 + 1"]}],
             "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
            """;

    private RehearsalMain() {
    }

    public static void main(String... args) throws IOException, InterruptedException {
        Home home = Home.find();
        Path folder = Files.createTempDirectory("rehearsal");
        try {
            Path notebook = Files.writeString(folder.resolve("rehearsal.ipynb"), NOTEBOOK);
            Main.commandLine().execute("run", "--inplace", notebook.toString());
            Path connectionFile = folder.resolve("connection.json");
            Connection connection = Connection.onLoopback("rehearsal").save(connectionFile);
            Thread kernel = new Thread(() -> KernelMain.serve(connectionFile, folder), "rehearsal");
            kernel.start();
            Rehearsal.play(connection);
            kernel.join();
        } finally {
            KernelSpec.delete(folder);
        }
        home.savePackages();
        System.exit(0);
    }
}

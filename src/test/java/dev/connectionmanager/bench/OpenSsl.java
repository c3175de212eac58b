package dev.connectionmanager.bench;

import dev.connectionmanager.verification.certificate.TestPki;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** {@code openssl s_server} on loopback, and {@code openssl s_time} against it; neither where there is no openssl. */
final class OpenSsl implements AutoCloseable {
    private static final int SECONDS = 10;
    private static final Pattern RATE = Pattern.compile("([0-9]+) connections in ([0-9.]+) real seconds");

    private final Process server;
    private final int port;
    private final Path directory;

    private OpenSsl(Process server, int port, Path directory) {
        this.server = server;
        this.port = port;
        this.directory = directory;
    }

    static OpenSsl serve(TestPki.Issued leaf, TestPki.Issued issuer) throws IOException, InterruptedException {
        if (!isThere()) {
            return new OpenSsl(null, 0, null);
        }
        var directory = Files.createTempDirectory("sweep");
        var certificate = directory.resolve("leaf.pem");
        var chain = directory.resolve("chain.pem");
        var key = directory.resolve("key.pem");
        Files.writeString(certificate, TestPki.pem(leaf.certificate()));
        Files.writeString(chain, TestPki.pem(issuer.certificate()));
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(leaf.key().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        int port = freePort();
        var server = quiet(
                        "openssl",
                        "s_server",
                        "-quiet",
                        "-www",
                        "-accept",
                        "127.0.0.1:" + port,
                        "-cert",
                        certificate.toString(),
                        "-cert_chain",
                        chain.toString(),
                        "-key",
                        key.toString())
                .start();
        var running = new OpenSsl(server, port, directory);
        running.awaitPort();
        return running;
    }

    OptionalInt port() {
        return server == null ? OptionalInt.empty() : OptionalInt.of(port);
    }

    /** Full handshakes, one after the other, for ten seconds. */
    Optional<Double> handshakesPerSecond() throws IOException, InterruptedException {
        if (server == null) {
            return Optional.empty();
        }
        var timer = new ProcessBuilder(
                        "openssl", "s_time", "-connect", "127.0.0.1:" + port, "-new", "-time", "" + SECONDS)
                .redirectErrorStream(true)
                .start();
        var said = new String(timer.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        timer.waitFor(SECONDS, TimeUnit.SECONDS);
        timer.destroyForcibly();
        var rate = RATE.matcher(said);
        return rate.find()
                ? Optional.of(Double.parseDouble(rate.group(1)) / Double.parseDouble(rate.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return server == null ? "JDK" : "openssl s_server";
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.destroyForcibly();
            for (var name : new String[] {"leaf.pem", "chain.pem", "key.pem"}) {
                Files.deleteIfExists(directory.resolve(name));
            }
            Files.delete(directory);
        }
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return quiet("openssl", "version").start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private static ProcessBuilder quiet(String... command) {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private void awaitPort() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        close();
        throw new IOException("openssl s_server does not listen");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

package dev.connectionmanager.audit;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The checkpoints outside the database: one file each, in a directory that several nodes may share. */
public final class CheckpointDirectory {
    private static final Pattern NAME = Pattern.compile("checkpoint-([0-9]{10,18})\\.jws");

    private final Path directory;

    CheckpointDirectory(Path directory) {
        this.directory = directory;
    }

    /** @throws IOException saying why, where files cannot be made in this directory; it is made when absent */
    public static void requireWritable(Path directory) throws IOException {
        Files.createDirectories(directory);
        var probe = directory.resolve("." + UUID.randomUUID() + ".tmp");
        Files.createFile(probe);
        Files.delete(probe);
    }

    /** Which numbers there are. */
    NavigableSet<Long> numbers() throws IOException {
        try (var files = Files.list(directory)) {
            var numbers = new TreeSet<Long>();
            files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .forEach(name -> numbers.add(Long.parseLong(name.group(1))));
            return numbers;
        }
    }

    String read(long number) throws IOException {
        return Files.readString(file(number));
    }

    /** On disk before it has its name: nobody ever sees half of it, and it outlives a power cut. */
    void write(Checkpoint.Signed signed) throws IOException {
        var file = file(signed.checkpoint().number());
        var unfinished = directory.resolve("." + UUID.randomUUID() + ".tmp");
        try (var out = FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap((signed.jws() + "\n").getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
            out.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (var entry = FileChannel.open(directory, StandardOpenOption.READ)) {
            entry.force(true);
        }
    }

    /**
     * Reads all of them, in order, each continuing the one before. The first may have any number: older ones may be kept
     * elsewhere.
     *
     * @throws IllegalArgumentException naming the first that is missing, not signed, or not the next one
     */
    void readAll(Map<String, OctetKeyPair> keys, Consumer<Checkpoint> reader) throws IOException {
        Checkpoint.Signed before = null;
        for (var number : numbers()) {
            var signed = genuine(number, keys);
            if (before != null) {
                mustContinue(before, signed);
            }
            reader.accept(signed.checkpoint());
            before = signed;
        }
    }

    private Checkpoint.Signed genuine(long number, Map<String, OctetKeyPair> keys) throws IOException {
        try {
            var signed = Checkpoint.read(read(number), keys);
            if (signed.checkpoint().number() != number) {
                throw new IllegalArgumentException(
                        "its file holds number " + signed.checkpoint().number());
            }
            return signed;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Checkpoint " + number + " is not genuine: " + e.getMessage() + ".", e);
        }
    }

    private static void mustContinue(Checkpoint.Signed before, Checkpoint.Signed signed) {
        var number = signed.checkpoint().number();
        var expected = before.checkpoint().number() + 1;
        if (number != expected) {
            throw new IllegalArgumentException(
                    "Checkpoint " + expected + " is missing: number " + number + " follows.");
        }
        if (!signed.checkpoint().previous().equals(before.hash())) {
            throw new IllegalArgumentException("Checkpoint " + number + " does not continue number " + (number - 1)
                    + ": one of the two was replaced.");
        }
    }

    private Path file(long number) {
        return directory.resolve("checkpoint-%010d.jws".formatted(number));
    }
}

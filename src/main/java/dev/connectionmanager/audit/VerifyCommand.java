package dev.connectionmanager.audit;

import com.nimbusds.jose.jwk.OctetKeyPair;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command {@code verify-audit}: judges an exported trail without database or network. */
public final class VerifyCommand {
    public static final String NAME = "verify-audit";

    /** The trail is as it was written. */
    public static final int GENUINE = 0;
    /** The first bad record, or the first bad checkpoint, is named. */
    public static final int NOT_GENUINE = 1;
    /** Nothing was judged: the command was not understood, or a file cannot be read. */
    public static final int NOT_JUDGED = 2;

    private static final String USAGE = """
            Usage: verify-audit --export <file> [--checkpoints <directory> --key <file>…] [--chain <chain>]
              --export       the trail as JSON lines, as operators export it
              --checkpoints  the directory with the signed checkpoints
              --key          a public key in PEM that signed them; may be given several times
              --chain        the export holds this chain alone: a team's id, or portal""";

    private final Map<String, OctetKeyPair> keys = new HashMap<>();
    private Path export;
    private Path checkpoints;
    private String chain;

    private VerifyCommand() {}

    /**
     * @param arguments what follows the command's name
     * @return the exit code
     */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            return new VerifyCommand().judge(arguments, out, err);
        } catch (IOException e) {
            err.println("Not verified: " + e.getMessage() + " cannot be read.");
        } catch (IllegalArgumentException e) {
            err.println("Not verified: " + e.getMessage());
        }
        return NOT_JUDGED;
    }

    private int judge(List<String> arguments, PrintStream out, PrintStream err) throws IOException {
        if (!understood(arguments)) {
            err.println(USAGE);
            return NOT_JUDGED;
        }
        var verification = new Verification(chain);
        try (var lines = new BufferedReader(
                new InputStreamReader(Files.newInputStream(export), StandardCharsets.UTF_8.newDecoder()))) {
            if (checkpoints != null) {
                confirm(verification);
            }
            out.println(genuine(verification.verify(lines)));
            return GENUINE;
        } catch (CharacterCodingException e) {
            err.println("Not genuine. The export is not UTF-8.");
        } catch (Verification.NotGenuine e) {
            err.println("Not genuine. " + e.getMessage());
        }
        return NOT_GENUINE;
    }

    private void confirm(Verification verification) throws IOException, Verification.NotGenuine {
        var directory = new CheckpointDirectory(checkpoints);
        if (directory.numbers().isEmpty()) {
            throw new IllegalArgumentException(checkpoints + " holds no checkpoint.");
        }
        try {
            directory.readAll(keys, verification::confirm);
        } catch (IllegalArgumentException e) {
            throw new Verification.NotGenuine(e.getMessage());
        }
    }

    private static String genuine(Verification.Summary summary) {
        return "Genuine: %,d records in %,d chains, each as its hash says. "
                        .formatted(summary.records(), summary.chains())
                + (summary.unsealed() == 0
                        ? ""
                        : "%,d events are not sealed yet: nothing vouches for them. ".formatted(summary.unsealed()))
                + (summary.latest() == null
                        ? "No checkpoints were given: without them, a trail that was rewritten as a whole is not found."
                        : "Confirmed up to " + summary.latest() + "; what is younger rests on its hashes alone.")
                + (summary.first() == null
                        ? ""
                        : " The series does not begin at the first checkpoint but at " + summary.first()
                                + ": those before it are missing, and what they confirmed was not checked against them.");
    }

    private boolean understood(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i += 2) {
            if (i + 1 == arguments.size()) {
                return false;
            }
            var value = arguments.get(i + 1);
            switch (arguments.get(i)) {
                case "--export" -> export = Path.of(value);
                case "--checkpoints" -> checkpoints = Path.of(value);
                case "--chain" -> chain = value;
                case "--key" -> {
                    var key = CheckpointKey.readPublic(Path.of(value));
                    keys.put(key.getKeyID(), key);
                }
                default -> {
                    return false;
                }
            }
        }
        return export != null && (checkpoints != null) == !keys.isEmpty();
    }
}

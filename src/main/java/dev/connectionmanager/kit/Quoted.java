package dev.connectionmanager.kit;

/**
 * A value as each kind of file has it, so that it stays one value wherever it stands: what a team registered must not be able to
 * end a string and go on as code. CWE-94.
 *
 * @param raw without quotes
 */
public record Quoted(String raw) {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;

    /** A string of Java, C#, JavaScript, Python, YAML or JSON: their common part. */
    public String text() {
        var text = new StringBuilder("\"");
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || c == DELETE || c == '\u2028' || c == '\u2029') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    /** A value of a YAML file that Spring reads, which would look up <code>${…}</code>. */
    public String spring() {
        return new Quoted(raw.replace("${", "\\${")).text();
    }

    /** A value of a properties file that Quarkus reads, which would look up <code>${…}</code>. */
    public String property() {
        var text = new StringBuilder();
        var escaped = raw.replace("${", "\\${");
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\' || c == ' ' && i == 0) {
                text.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE || c == DELETE) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    /** A string of Ruby, in which nothing is looked up. */
    public String ruby() {
        return "'" + raw.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    /** An argument of a shell's command, in which nothing is looked up. */
    public String shell() {
        return "'" + raw.replace("'", "'\\''") + "'";
    }

    /** @throws IllegalArgumentException for what Apache's configuration has no way to write: <code>${…}</code>, and lines */
    public String apache() {
        if (raw.contains("${") || raw.chars().anyMatch(c -> c < FIRST_PRINTABLE)) {
            throw new IllegalArgumentException("Apache would look up a variable, or end the line");
        }
        return "\"" + raw.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** The query of an address. RFC 3986 section 2.1. */
    public String encoded() {
        return java.net.URLEncoder.encode(raw, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    @Override
    public String toString() {
        throw new IllegalStateException("Say in which kind of file it stands");
    }
}

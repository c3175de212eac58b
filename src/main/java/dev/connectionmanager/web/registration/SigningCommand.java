package dev.connectionmanager.web.registration;

/** How to sign a challenge in a shell, with what most machines have. */
final class SigningCommand {
    private static final String ENCODE =
            " -sign private-key.pem -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')";

    private SigningCommand() {}

    /**
     * @param algorithm a JWS algorithm of a public key, RFC 7518 or RFC 8037
     * @param signingInput in base64url, which no shell takes for anything else
     * @return lines for a POSIX shell that print the JWS in compact form; the key is in {@code private-key.pem}
     */
    static String of(String algorithm, String signingInput) {
        return "input='" + signingInput + "'\n" + signature(algorithm)
                + "\nprintf '%s.%s\\n' \"$input\" \"$signature\"";
    }

    private static String signature(String algorithm) {
        var digest = "sha" + algorithm.substring(2).replaceAll("[^0-9]", "");
        return switch (algorithm.substring(0, 2)) {
            case "RS" -> "signature=$(printf %s \"$input\" | openssl dgst -" + digest + ENCODE;
            case "PS" ->
                "signature=$(printf %s \"$input\" | openssl dgst -" + digest
                        + " -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest" + ENCODE;
            // OpenSSL writes these signatures in another form than JWS, RFC 7518 section 3.4.
            case "ES" -> node("\"" + digest + "\"");
            default -> node("null");
        };
    }

    private static String node(String digest) {
        return "signature=$(node -e 'console.log(require(\"crypto\").sign(" + digest + ", Buffer.from(process.argv[1]),"
                + " {key: require(\"fs\").readFileSync(\"private-key.pem\"), dsaEncoding: \"ieee-p1363\"})"
                + ".toString(\"base64url\"))' \"$input\")";
    }
}

package dev.connectionmanager.verification.key;

import static dev.connectionmanager.verification.key.TestKeys.otherPublicRsa;
import static dev.connectionmanager.verification.key.TestKeys.publicEc;
import static dev.connectionmanager.verification.key.TestKeys.publicEd25519;
import static dev.connectionmanager.verification.key.TestKeys.publicRsa;
import static dev.connectionmanager.verification.key.TestKeys.set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.connectionmanager.policy.Violations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Key sets, sound and unsound, with the codes that each must give; the numbers in keys have tables of their own. */
public final class KeySetExamples {
    private static final String NO_USE = "jwks-no-usable-key";

    private KeySetExamples() {}

    /** One response. */
    record Example(String about, KeySetObservation seen, List<String> codes) {
        KeySetVerdict judge() {
            return KeySetRules.check(
                    seen, java.util.Optional.empty(), List.of("HS256", "RS256", "RS512", "ES256", "EdDSA"));
        }

        @Override
        public String toString() {
            return about + " → " + (codes.isEmpty() ? "accepted" : String.join(", ", codes));
        }
    }

    /** For the catalogue of all rules. */
    public static Stream<Violations> all() {
        return examples().map(example -> example.judge().violations());
    }

    static Stream<Example> examples() {
        return Stream.of(
                        responses(),
                        documents(),
                        entries(),
                        untidy(),
                        leaks(),
                        kids(),
                        uses(),
                        operations(),
                        algorithms())
                .flatMap(Function.identity());
    }

    private static Stream<Example> responses() {
        var set = set(publicRsa()).getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                new Example("a log-in page", new KeySetObservation(403, "text/html", set), List.of("response-status")),
                new Example("no content", new KeySetObservation(204, "", new byte[0]), List.of("response-status")),
                media("application/json"),
                media("application/json;charset=UTF-8"),
                media("Application/JWK-Set+JSON"),
                media("text/plain", "jwks-media-type"),
                media("", "jwks-media-type"));
    }

    private static Stream<Example> documents() {
        var good = set(publicRsa());
        var cut = good.substring(0, good.length() - 1);
        return Stream.of(
                is("one key", good),
                is("old and new key", set(publicRsa(), otherPublicRsa())),
                is("other members beside the keys", cut + ",\"a\":[{\"kty\":1}],\"b\":-0.5e3}"),
                is("no keys", "{\"keys\":[]}", NO_USE),
                is("nothing", "", "jwks-malformed"),
                is("an array", "[" + publicRsa() + "]", "jwks-malformed"),
                is("a lone key", publicRsa().toString(), "jwks-malformed"),
                is("keys as an object", "{\"keys\":" + publicRsa() + "}", "jwks-malformed"),
                is("keys in another case", good.replace("keys", "Keys"), "jwks-malformed"),
                is("a page", "<!doctype html><title>Log in</title>", "jwks-malformed"),
                is("a member twice", "{\"keys\":[],\"keys\":[" + publicRsa() + "]}", "jwks-malformed"),
                is("a member twice in a key", good.replace("\"kty\"", "\"use\":\"sig\",\"kty\""), "jwks-malformed"),
                is("a second value", good + good, "jwks-malformed"),
                is("a script after the end", good + " <script>", "jwks-malformed"),
                is("a script around it", "callback(" + good + ")", "jwks-malformed"),
                is("single quotes", good.replace('"', '\''), "jwks-malformed"),
                is("a comment", "/**/" + good, "jwks-malformed"),
                is("a trailing comma", good.replace("]", ",]"), "jwks-malformed"),
                is("cut off", cut, "jwks-malformed"),
                is("20 levels", cut + ",\"a\":" + "[".repeat(19) + "]".repeat(19) + "}"),
                is("21 levels", cut + ",\"a\":" + "[".repeat(20) + "]".repeat(20) + "}", "jwks-malformed"),
                is("a long number", cut + ",\"a\":" + "1".repeat(101) + "}", "jwks-malformed"),
                is("a byte order mark", "\uFEFF" + good, "jwks-byte-order-mark"),
                is("UTF-16", good.getBytes(StandardCharsets.UTF_16), "jwks-malformed"),
                is("UTF-16 without mark", good.getBytes(StandardCharsets.UTF_16LE), "jwks-malformed"),
                is("no UTF-8", good.replace("k1", "k\u00ff").getBytes(StandardCharsets.ISO_8859_1), "jwks-malformed"),
                is("50 keys", many(50)),
                is("51 keys", many(51), "jwks-too-many-keys"));
    }

    private static Stream<Example> entries() {
        return Stream.of(
                is("an entry that is null", "{\"keys\":[null," + publicRsa() + "]}", "jwks-malformed"),
                is("a key in a string", "{\"keys\":[\"" + "x" + "\"," + publicRsa() + "]}", "jwks-malformed"),
                rsa("unknown members", key -> key.put("foo", "bar").put("x5u", "https://127.0.0.1/")),
                rsa("a small exponent", key -> key.put("e", "Aw"), "jwks-weak-key", NO_USE),
                rsa("another's certificate", TestKeys::certified, "jwks-certificate-mismatch", NO_USE),
                rsa("no type", key -> key.remove(List.of("kty")), "jwks-malformed", NO_USE),
                rsa("a type that is no string", key -> key.put("kty", 1), "jwks-malformed", NO_USE),
                rsa("a type in another case", key -> key.put("kty", "rsa"), NO_USE),
                is("a type of tomorrow", set(publicRsa(), publicEc().put("kty", "NEW"))),
                is(
                        "a curve of tomorrow",
                        set(publicRsa(), publicEc().put("crv", "P-999").without("alg"))),
                is(
                        "a key without value members",
                        set(publicRsa().retain("kty", "kid")),
                        "jwks-malformed",
                        "jwks-malformed",
                        "jwks-use-absent",
                        NO_USE));
    }

    /** What libraries write of members without a value: read as absent, whichever it is. */
    private static Stream<Example> untidy() {
        return Stream.of("null", "\"\"", "[]", "{}")
                .flatMap(nothing -> Stream.concat(
                        Stream.of("oth", "d", "p", "k", "x5c", "x5t", "x5t#S256", "x5u", "key_ops", "x", "priv")
                                .map(member -> without(member, nothing)),
                        Stream.of(
                                without("kid", nothing, "jwks-kid-absent"),
                                without("use", nothing, "jwks-use-absent"),
                                without("alg", nothing),
                                without("kty", nothing, "jwks-malformed", NO_USE),
                                without("n", nothing, "jwks-malformed", NO_USE),
                                is(
                                        "shared secret " + nothing,
                                        set(publicRsa().put("kty", "oct"))
                                                .replace("{\"kty", "{\"k\":" + nothing + ",\"kty"),
                                        "jwks-untidy",
                                        "jwks-symmetric-key",
                                        NO_USE),
                                is(
                                        "beside the keys " + nothing,
                                        set(publicRsa())
                                                .replace("{\"keys", "{\"kty\":\"EC\",\"d\":" + nothing + ",\"keys")))));
    }

    private static Example without(String member, String nothing, String... codes) {
        var key = publicRsa()
                .putPOJO(member, null)
                .toString()
                .replace("\"" + member + "\":null", "\"" + member + "\":" + nothing);
        return is(
                member + " as " + nothing,
                "{\"keys\":[" + key + "]}",
                Stream.concat(Stream.of("jwks-untidy"), Stream.of(codes)).toArray(String[]::new));
    }

    private static Stream<Example> leaks() {
        var oct = publicRsa().retain("kid").put("kid", "s").put("kty", "oct").put("k", "c2VjcmV0");
        var secret = TestKeys.RSA.getPrivateExponent().toString();
        var own = "jwks-private-key";
        return Stream.of(
                rsa("a private exponent", key -> key.put("d", secret), own, NO_USE),
                rsa("a prime", key -> key.put("p", "AQAB"), own, NO_USE),
                rsa("more primes", key -> key.set("oth", key.arrayNode().add("AQAB")), own, NO_USE),
                is("a private EC key", set(publicEc().put("d", "AQAB")), own, NO_USE),
                is("a private Ed25519 key", set(publicEd25519().put("d", "AQAB")), own, NO_USE),
                is("a private key of tomorrow", set(publicRsa(), key("AKP", "n").put("priv", "AQAB")), own),
                is("private beside public", set(publicRsa(), otherPublicRsa().put("d", secret)), own),
                is("a shared secret", set(oct), "jwks-symmetric-key", NO_USE),
                is("a shared secret beside a key", set(publicRsa(), oct), "jwks-symmetric-key"),
                rsa("a private key in a key", key -> key.set("a", publicRsa().put("d", secret)), own, NO_USE),
                is(
                        "a private key elsewhere",
                        set(publicRsa()).replace("{\"keys\"", "{\"a\":[{\"kty\":\"EC\",\"d\":\"AQ\"}],\"keys\""),
                        own),
                is("a private PEM", set(publicRsa().put("a", "-----BEGIN RSA PRIVATE KEY-----")), own),
                is("a lone private key", publicRsa().put("d", secret).toString(), "jwks-malformed", own),
                is("a private key cut off", set(publicRsa().put("d", secret)).replace("]}", ""), "jwks-malformed", own),
                is(
                        "a private key twice",
                        "{\"keys\":[{\"kty\":\"RSA\",\"d\":\"\",\"d\":\"" + secret + "\"}]}",
                        "jwks-malformed",
                        own),
                is("a private file", "-----BEGIN PRIVATE KEY-----", own, "jwks-malformed", own));
    }

    private static Stream<Example> kids() {
        var required = "jwks-kid-required";
        return Stream.of(
                rsa("signs in kid", key -> key.put("kid", "a/b+c= d\u00e9\uD83D\uDD11")),
                rsa("a kid of 256", key -> key.put("kid", "k".repeat(256))),
                rsa("a kid of 257", key -> key.put("kid", "k".repeat(257)), "jwks-malformed", NO_USE),
                rsa("a line end in kid", key -> key.put("kid", "a\nb"), "jwks-malformed", NO_USE),
                rsa("a reversal in kid", key -> key.put("kid", "a\u202Eb"), "jwks-malformed", NO_USE),
                is(
                        "half a character in kid",
                        set(publicRsa()).replace("\"k1\"", "\"\\ud83d\""),
                        "jwks-malformed",
                        NO_USE),
                rsa("a number as kid", key -> key.put("kid", 1), "jwks-malformed", NO_USE),
                rsa("a lone key without kid", key -> key.remove(List.of("kid")), "jwks-kid-absent"),
                is("one of two without kid", set(publicRsa(), otherPublicRsa().without("kid")), required),
                is(
                        "two without kid",
                        set(publicRsa().without("kid"), otherPublicRsa().without("kid")),
                        required,
                        required),
                is("no kid, but for encryption", set(publicRsa(), encryption().without("kid")), "jwks-kid-absent"),
                is("a kid twice", set(publicRsa(), otherPublicRsa().put("kid", "k1")), "jwks-duplicate-kid"),
                is("the same key twice", set(publicRsa(), publicRsa()), "jwks-duplicate-kid"),
                is("kids that differ in case", set(publicRsa(), otherPublicRsa().put("kid", "K1"))),
                is("a kid of two types", set(publicRsa(), publicEc().put("kid", "k1")), "jwks-kid-shared"));
    }

    private static Stream<Example> uses() {
        return Stream.of(
                rsa("no use", key -> key.remove(List.of("use")), "jwks-use-absent"),
                rsa("use in capitals", key -> key.put("use", "SIG"), "jwks-key-use", NO_USE),
                rsa("use as a list", key -> key.set("use", key.arrayNode().add("sig")), "jwks-malformed", NO_USE),
                rsa("a use of others", key -> key.put("use", "tls"), NO_USE),
                is(
                        "a use of others beside it",
                        set(publicRsa(), otherPublicRsa().put("use", "tls"))),
                rsa("for encryption, to sign", key -> key.put("use", "enc"), "jwks-key-use", NO_USE),
                is("for encryption only", set(encryption()), NO_USE),
                is("one for each", set(publicRsa(), encryption())),
                is("both, one without use", set(publicRsa(), encryption().without("use")), "jwks-use-required"),
                is(
                        "both without use",
                        set(publicRsa().without("use"), encryption().without("use")),
                        "jwks-use-required",
                        "jwks-use-required"),
                is(
                        "an agreement key beside it",
                        set(publicRsa(), TestKeys.okp("X25519", new byte[32]).put("use", "enc"))),
                is("an agreement key to sign", set(publicRsa(), TestKeys.okp("X25519", new byte[32])), "jwks-key-use"));
    }

    private static Stream<Example> operations() {
        return Stream.of(
                operations("verify"),
                operations("sign", "jwks-key-use", NO_USE),
                operations("sign verify", "jwks-key-use", NO_USE),
                operations("verify decrypt", "jwks-key-use", NO_USE),
                operations("verify verify", "jwks-key-use", NO_USE),
                operations("Verify", "jwks-key-use", NO_USE),
                operations("encrypt", NO_USE),
                operations("verify encrypt", "jwks-key-operations-mixed"),
                operations("verify other"),
                rsa("operations as text", key -> key.put("key_ops", "verify"), "jwks-malformed", NO_USE),
                rsa(
                        "an operation that is no text",
                        key -> key.set("key_ops", key.arrayNode().add(1)),
                        "jwks-malformed",
                        NO_USE),
                rsa(
                        "use and operations agree",
                        key -> key.set("key_ops", key.arrayNode().add("verify"))),
                rsa(
                        "use and operations differ",
                        key -> key.set("key_ops", key.arrayNode().add("encrypt")),
                        "jwks-key-use",
                        "jwks-key-use",
                        NO_USE),
                forEncryption("to encrypt", "encrypt"),
                forEncryption("to wrap keys", "wrapKey"),
                forEncryption("yet to verify", "verify", "jwks-key-use"),
                forEncryption("with an operation of others", "other", "jwks-key-use"),
                is(
                        "an algorithm and operations differ",
                        set(encryption()
                                .<ObjectNode>without("use")
                                .<ObjectNode>set(
                                        "key_ops", publicRsa().arrayNode().add("verify"))),
                        "jwks-key-use",
                        NO_USE));
    }

    private static Stream<Example> algorithms() {
        return Stream.of(
                rsa("no algorithm", key -> key.remove(List.of("alg"))),
                rsa("a listed one", key -> key.put("alg", "RS512")),
                rsa("one that is not listed", key -> key.put("alg", "PS384"), NO_USE),
                rsa("an unknown one", key -> key.put("alg", "RS1"), NO_USE),
                rsa("of a curve", key -> key.put("alg", "ES256"), "jwks-key-invalid", NO_USE),
                rsa("of a shared secret", key -> key.put("alg", "HS256"), "jwks-key-invalid", NO_USE),
                rsa("none", key -> key.put("alg", "none"), "jwks-key-invalid", NO_USE),
                rsa("in small letters", key -> key.put("alg", "rs256"), "jwks-key-invalid", NO_USE),
                rsa("an algorithm as number", key -> key.put("alg", 256), "jwks-malformed", NO_USE),
                rsa("of encryption, to sign", key -> key.put("alg", "RSA-OAEP"), "jwks-key-use", NO_USE),
                is("of another curve", set(publicEc().put("alg", "ES384")), "jwks-key-invalid", NO_USE),
                is("of RSA on a curve", set(publicEc().put("alg", "RS256")), "jwks-key-invalid", NO_USE),
                is("of a curve that does not exist", set(publicEc().put("alg", "ES521")), NO_USE),
                is("Edwards by its new name", set(publicEd25519().put("alg", "Ed25519"))),
                is("Edwards under a curve's", set(publicEd25519().put("alg", "ES256")), "jwks-key-invalid", NO_USE));
    }

    private static Example operations(String operations, String... codes) {
        return rsa(
                operations,
                key -> {
                    var array = key.remove(List.of("use", "alg")).putArray("key_ops");
                    Stream.of(operations.split(" ")).forEach(array::add);
                    return key;
                },
                codes);
    }

    /** A key for encryption that names its operation, beside one that is sound. */
    private static Example forEncryption(String about, String operation, String... codes) {
        var key = encryption().<ObjectNode>without("alg");
        key.putArray("key_ops").add(operation);
        return is("for encryption, " + about, set(publicRsa(), key), codes);
    }

    private static ObjectNode encryption() {
        return otherPublicRsa().put("use", "enc").put("alg", "RSA-OAEP-256");
    }

    private static ObjectNode key(String type, String kid) {
        return publicRsa().retain("use").put("kty", type).put("kid", kid);
    }

    private static String many(int count) {
        return set(IntStream.range(0, count)
                .mapToObj(i -> publicEc().put("kid", "k" + i))
                .toArray(ObjectNode[]::new));
    }

    private static Example rsa(String about, UnaryOperator<ObjectNode> change, String... codes) {
        return is(about, set(change.apply(publicRsa())), codes);
    }

    private static Example media(String mediaType, String... codes) {
        var set = set(publicRsa()).getBytes(StandardCharsets.UTF_8);
        return new Example("media type " + mediaType, new KeySetObservation(200, mediaType, set), List.of(codes));
    }

    private static Example is(String about, String body, String... codes) {
        return is(about, body.getBytes(StandardCharsets.UTF_8), codes);
    }

    private static Example is(String about, byte[] body, String... codes) {
        return new Example(about, new KeySetObservation(200, "application/json", body), List.of(codes));
    }
}

package dev.connectionmanager.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain rooms hand on codes and arguments; what people read is said in {@code wording} and at the edges. */
class DomainWordsTest {
    /** Rooms that speak to people or to other servers in their own words. */
    private static final Set<String> EDGES =
            Set.of("api", "http", "idempotency", "mock", "openid", "session", "start", "web", "wording");

    /** Two words side by side, or a text that goes on from or to an argument. */
    private static final Pattern ENGLISH =
            Pattern.compile("[A-Za-z‘’]{2,}[,;:.]? [a-z‘(]{2,}|^[,;:.]? [a-z]{2,}|[a-z]{2,}[:;,]? $");

    /** HQL and SQL: a parameter, or words that no sentence begins with in small letters. */
    private static final Pattern QUERY = Pattern.compile("[?:][a-z0-9]|\\bdesc\\b|\\bis (not )?null\\b|\\border by\\b"
            + "|^\"?(select|insert|update|delete|lock|from|where|case when) ");

    /** Messages of these are for whoever reads the log: nobody who uses the portal sees them. */
    private static final Pattern FOR_THE_LOG = Pattern.compile(
            "LOG\\.\\w+|(\\w+\\.)?(Illegal(State|Argument)|IO|Protocol|DateTime|NameConstraintValidator)Exception|NotGood|require"
                    + "|TlsFailure");

    /** What else may stand where, and why. */
    private static final Map<String, Pattern> ALLOWED = Map.ofEntries(
            Map.entry("VerifyCommand", Pattern.compile(".*", Pattern.DOTALL)), // A command has its own words.
            Map.entry("Verification", Pattern.compile(".*")), // Of that command.
            Map.entry(
                    "Smtp",
                    Pattern.compile(
                            "[Nn]o reason given|its recipient .*|the server (took|has|and) .*| seconds| and trusted \\(|\\); see .*")), // For the log.
            Map.entry("RequestList", Pattern.compile(" from production_request .*| and .*| limit ")), // A query.
            Map.entry("RequestFilter", Pattern.compile("[a-z_]+, (submitted_at, )?id")), // A query.
            Map.entry("EndpointProblems", Pattern.compile(" from endpoint_health .*|since, id")), // A query.
            Map.entry("TeamRegistrations", Pattern.compile(" join revision .*| and .*")), // A query.
            Map.entry("ApplicationStore", Pattern.compile("a\\.id as .*|sort, id")), // A query.
            Map.entry("TeamSearch", Pattern.compile("sort, id")), // A query.
            Map.entry("RegistrationStatements", Pattern.compile("and exists .*")), // A query.
            Map.entry("ClientSearch", Pattern.compile(" and \\(?| or | union all | as tsquery\\)|at, id")), // A query.
            Map.entry("Stores", Pattern.compile("o\\.registrationId = .*|state in \\(")), // A query.
            Map.entry("ApiCredentialMechanism", Pattern.compile("Bearer ")), // RFC 6750.
            Map.entry("JwksProbe", Pattern.compile("application/.*")), // A header.
            Map.entry("KeySetObservation", Pattern.compile(" bytes]")), // For whoever debugs.
            Map.entry(
                    "AuditConditions",
                    Pattern.compile(
                            "(?s)with since as .*| and |s\\.position > .*|e\\.act not in .*| as text.*")), // A query.
            Map.entry("MailSender", Pattern.compile("for | days")), // For the log.
            Map.entry("HandshakeReading", Pattern.compile(".*")), // Of the JDK, which keeps no codes.
            Map.entry("Lookups", Pattern.compile("Temporary failure")), // Of the JDK.
            Map.entry(
                    "TlsExchange",
                    Pattern.compile(
                            "not finished within | seconds|closed after .*|fatal alert")), // Beside those of the JDK.
            Map.entry(
                    "DiscoveryRefresh",
                    Pattern.compile("the configured lists .*|the lists read at | stay in force")), // For the log.
            Map.entry(
                    "ClientMember",
                    Pattern.compile("[A-Z][A-Za-z-]+( [A-Za-z]+)+")), // What the field calls its members.
            Map.entry("NameText", Pattern.compile("nhs .*|care identity.*")), // What is looked for.
            Map.entry("Guard", Pattern.compile("Connection-Manager/1 .*")), // User-Agent.
            Map.entry("HttpExchange", Pattern.compile("[A-Z][A-Za-z-]+: .*| over ")), // Headers; for whoever debugs.
            Map.entry("LeakedKeys", Pattern.compile("-----BEGIN .*")), // What is looked for.
            Map.entry("CertificateRules", Pattern.compile("[a-zA-Z]+ [a-zA-Z]+")), // RFC 5280: extension, bit.
            Map.entry("ChainRules", Pattern.compile("pathLenConstraint ")), // RFC 5280.
            Map.entry("PrintableText", Pattern.compile(" ?\\(no name\\)")), // In the place of a name.
            Map.entry(
                    "TargetShares",
                    Pattern.compile(
                            "(registering |asking )?team |portal at | at |own |more of |asking at ")), // Keys of a map.
            Map.entry("LiveCheckRateLimit", Pattern.compile("looks of ")), // Keys of a map.
            Map.entry("InitialAccessToken", Pattern.compile("Initial access token ‘…|’ of ")), // Names in the trail.
            Map.entry("ClientConfiguration", Pattern.compile("Client ")), // A name in the trail.
            Map.entry("Actor", Pattern.compile("API credential ‘|Connection Manager")), // Names in the trail.
            Map.entry("Outbox", Pattern.compile("Connection Manager"))); // A name.

    @Test
    void noSentenceStandsInADomainRoom() {
        var rooms = MainSources.rooms().stream()
                .filter(room -> !EDGES.contains(room))
                .toList();
        assertThat(rooms).hasSizeGreaterThan(8);
        assertThat(rooms.stream().flatMap(MainSources::files).flatMap(file -> english(file).stream()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new Refusal.Conflict(\"This cannot be done.\");",
                "found.add(path, Rule.X, \"in PEM form\");",
                "return name + \" has taken the request\";",
                "return Optional.of(\"Withdraw \" + id + \" first.\");"
            })
    void findsASentence(String statement) {
        assertThat(english(MainSources.parse("class Sample { Object any() { " + statement + " } }")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throw new IllegalStateException(\"The pattern matches every text\");",
                "LOG.info(\"A letter was not sent\");",
                "store.list(\"subject = ?1 and state = ?2\");",
                "return \"request-open\";"
            })
    void findsNothingInQueriesLogsAndCodes(String statement) {
        assertThat(english(MainSources.parse("class Sample { Object any() { " + statement + " } }")))
                .isEmpty();
    }

    /** Each as {@code Class: text}. */
    private static List<String> english(CompilationUnitTree file) {
        var path = file.getSourceFile().getName();
        var name = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
        var found = new ArrayList<String>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitAnnotation(AnnotationTree annotation, Void nothing) {
                return null;
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                return forTheLog(call.getMethodSelect()) ? null : super.visitMethodInvocation(call, nothing);
            }

            @Override
            public Void visitNewClass(NewClassTree made, Void nothing) {
                return forTheLog(made.getIdentifier()) ? null : super.visitNewClass(made, nothing);
            }

            @Override
            public Void visitBinary(BinaryTree binary, Void nothing) {
                return QUERY.matcher(binary.toString()).find() ? null : super.visitBinary(binary, nothing);
            }

            @Override
            public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String text
                        && ENGLISH.matcher(text).find()
                        && !QUERY.matcher(text).find()
                        && Stream.ofNullable(ALLOWED.get(name))
                                .noneMatch(allowed -> allowed.matcher(text).matches())) {
                    found.add(name + ": " + text);
                }
                return null;
            }
        }.scan(file, null);
        return found;
    }

    private static boolean forTheLog(Tree called) {
        return FOR_THE_LOG.matcher(called.toString()).matches();
    }
}

package dev.connectionmanager.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ClientMemberTest {
    private static final String ROOM = "src/main/java/dev/connectionmanager/metadata/";
    private static final String TEMPLATES = "src/main/resources/templates/";

    @Test
    void areTheComponentsOfWhatIsTypedAndOfWhatIsRegistered() {
        var names = Stream.of(ClientMember.values())
                .map(ClientMemberTest::component)
                .toList();
        assertThat(components(Candidate.class)).containsExactlyInAnyOrderElementsOf(names);
        assertThat(components(ClientMetadata.class)).containsExactlyElementsOf(components(Candidate.class));
    }

    @ParameterizedTest
    @EnumSource
    void readsAndWritesItsOwnComponent(ClientMember member) throws ReflectiveOperationException {
        Object value =
                switch (member.type()) {
                    case NAME, CODE, URI -> "any";
                    case URIS -> List.of("one", "another");
                    case FLAG -> true;
                };
        var candidate = member.with(Candidate.EMPTY, value);
        assertThat(Candidate.class.getMethod(component(member)).invoke(candidate))
                .isEqualTo(value);
        assertThat(member.values(candidate)).isEqualTo(value instanceof List<?> all ? all : List.of(value.toString()));
        assertThat(member.values(Candidate.EMPTY)).isEmpty();
        assertThat(member.copy(candidate, Candidate.EMPTY)).isEqualTo(candidate);
        assertThat(member.same(candidate, Candidate.EMPTY)).isFalse();
        assertThat(member.with(candidate, null)).isEqualTo(Candidate.EMPTY);
        assertThat(ClientMember.ofCode(member.code())).contains(member);
        assertThat(Change.between(Candidate.EMPTY, candidate))
                .containsExactly(new Change(member.code(), List.of(), member.values(candidate)));
    }

    @Test
    void namesHostsAsTyped() {
        var candidate = Candidate.EMPTY
                .withRedirectUris(List.of(
                        "https://App.example:8443/cb",
                        "com.example:/cb",
                        "com.example://callback",
                        "x",
                        "https://app.example?a=b"))
                .withJwksUri("https://keys.example\\@evil.example/")
                .withBackchannelLogoutUri("https://app.example/logout");
        assertThat(ClientMember.hosts(candidate)).containsExactly("App.example:8443", "app.example", "keys.example");
    }

    @Test
    void leavesUrisAndWhatIsSaidOfThemBehind() {
        var candidate = Candidate.EMPTY
                .withClientName("Ward Round")
                .withRedirectUris(List.of("https://app.example/cb"))
                .withAuthentication("private_key_jwt", "RS512", "https://keys.example/")
                .withBackchannelLogout("https://app.example/logout", true);
        assertThat(ClientMember.withoutUris(candidate))
                .isEqualTo(Candidate.EMPTY
                        .withClientName("Ward Round")
                        .withAuthentication("private_key_jwt", "RS512", null));
    }

    /** A member that nothing but its own rules treats in a way of its own: so many places name another one. */
    @Test
    void fivePlacesNameAMember() throws IOException {
        assertThat(naming(ClientMember.BACKCHANNEL_LOGOUT_SESSION_REQUIRED))
                .containsExactly(
                        ROOM + "Candidate.java",
                        ROOM + "ClientMember.java",
                        ROOM + "ClientMetadata.java",
                        ROOM + "RegistrationRules.java",
                        TEMPLATES + "journey/logout.html");
    }

    /** Whatever goes through all members asks {@link ClientMember} for them. */
    @Test
    void noOtherPlaceListsMembers() throws IOException {
        var most = ClientMember.values().length * 2 / 3;
        assertThat(sources(text -> Stream.of(ClientMember.values())
                                .filter(member -> name(member).matcher(text).find())
                                .count()
                        > most))
                .containsExactly(
                        ROOM + "Candidate.java",
                        ROOM + "ClientMember.java",
                        ROOM + "ClientMetadata.java",
                        ROOM + "RegistrationRules.java",
                        "src/main/java/dev/connectionmanager/policy/Rule.java");
    }

    private static TreeSet<String> naming(ClientMember member) throws IOException {
        return sources(text -> name(member).matcher(text).find());
    }

    /**
     * The mock, which logs people in by what is registered, does something else with each member that it has a use for; the format of
     * the existing tool has names of its own for some.
     */
    private static boolean usesMembers(Path path) {
        return path.startsWith(Path.of("src/main/java/dev/connectionmanager/mock/client"))
                || path.startsWith(Path.of("src/main/java/dev/connectionmanager/api/tool"));
    }

    private static TreeSet<String> sources(Predicate<String> text) throws IOException {
        try (var files = Files.walk(Path.of("src/main"))) {
            var found = new TreeSet<String>();
            for (var file : files.filter(path -> path.toString().matches(".*\\.(java|html|properties)"))
                    .filter(path -> !usesMembers(path))
                    .toList()) {
                if (text.test(Files.readString(file))) {
                    found.add(file.toString());
                }
            }
            return found;
        }
    }

    /** In JSON and Java. */
    private static Pattern name(ClientMember member) {
        var component = component(member);
        var wither = "with" + Character.toUpperCase(component.charAt(0)) + component.substring(1);
        return Pattern.compile("(?<![a-z_])" + member.code() + "(?![a-z_])|\\b(" + component + "|" + wither + "|"
                + member.name() + ")\\b");
    }

    private static String component(ClientMember member) {
        return Pattern.compile("_(.)").matcher(member.code()).replaceAll(found -> found.group(1)
                .toUpperCase(java.util.Locale.ROOT));
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> component.getName())
                .toList();
    }
}

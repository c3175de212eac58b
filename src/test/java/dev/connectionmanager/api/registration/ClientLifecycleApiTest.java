package dev.connectionmanager.api.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.connectionmanager.mail.LetterWriter;
import dev.connectionmanager.mail.Mail;
import dev.connectionmanager.mail.Outbox;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a client after it is issued: who may suspend, resume, delete and restore it, when, and who is told. */
@PortalTest
class ClientLifecycleApiTest {
    private static final Map<String, Object> REASON = Map.of("reason", "Tokens were\nleaked");

    @Inject
    Sql sql;

    @Inject
    Outbox outbox;

    @Inject
    LetterWriter writer;

    /** {@code registration/client-life.tsv}. */
    @Test
    void everyActInEveryStateForEveryRole() {
        var expected = new StringBuilder();
        var actual = new StringBuilder();
        // What is refused leaves the client as it is: one is enough for all that is refused in its state.
        var unchanged = new HashMap<String, Client>();
        for (var row : table()) {
            var place = row.get("environment") + " " + row.get("state");
            for (var role : row.keySet()) {
                if (List.of("environment", "state", "act", "after").contains(role)) {
                    continue;
                }
                var succeeds = row.get(role).startsWith("2");
                var client = succeeds ? inPlace(row) : unchanged.computeIfAbsent(place, any -> inPlace(row));
                var before = client.seen();
                var status = client.act(row.get("act"), role, before::tag).statusCode();
                var cell = place + ": " + row.get("act") + " as " + role + ": ";
                expected.append(cell)
                        .append(row.get(role))
                        .append(" → ")
                        .append(succeeds ? row.get("after") : before.state())
                        .append('\n');
                actual.append(cell)
                        .append(status)
                        .append(" → ")
                        .append(client.state())
                        .append('\n');
            }
        }
        assertThat(actual.toString()).isEqualTo(expected.toString());
    }

    private Client inPlace(Map<String, String> row) {
        var client = new Client(row.get("environment")).bring(row.get("state"));
        client.look();
        return client;
    }

    @Test
    void aSuspensionIsSeenWithItsReason() {
        var client = new Client("integration").bring("active");
        var suspended = client.act("suspend", "operator");
        suspended.then().statusCode(200).body("state", equalTo("suspended"));
        var seen = Api.as("viewer").get(client.path);
        seen.then()
                .body("state", equalTo("suspended"))
                .body("suspension.reason", equalTo("Tokens were\nleaked"))
                .header("ETag", suspended.header("ETag"));
        assertThat(seen.<String>path("suspension.since")).endsWith("Z");
    }

    /** GET-then-PUT works, and moves nothing that only operators move. */
    @Test
    void theTeamCannotPutItselfBackIn() {
        var client = new Client("integration").bring("suspended");
        Map<String, Object> whole =
                new HashMap<>(Api.as("owner").get(client.path).<Map<String, Object>>path(""));
        whole.put("redirect_uris", List.of("https://app.supplier.co.uk/other"));
        Api.as("owner")
                .put(client.path, whole, "If-Match: " + client.tag())
                .then()
                .statusCode(200)
                .body("state", equalTo("suspended"))
                .body("suspension.reason", equalTo("Tokens were\nleaked"));
        for (var change : List.<Map<String, Object>>of(
                Map.of("state", "active"), Map.of("suspension", Map.of("reason", "none")))) {
            whole.putAll(change);
            Api.as("owner")
                    .put(client.path, whole, "If-Match: " + client.tag())
                    .then()
                    .statusCode(422)
                    .body("errors.code", org.hamcrest.Matchers.hasItem("read-only-member"));
        }
        assertThat(client.state()).isEqualTo("suspended");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{} reason-invalid",
                "{\"reason\": \" \\n \"} reason-invalid",
                "{\"reason\": \"a\\u0000b\"} reason-invalid",
                "{\"reason\": \"a\\u202eb\"} reason-invalid",
                "{\"reason\": 5} wrong-type",
                "{\"reason\": \"x\", \"until\": \"y\"} unknown-member"
            })
    void aSuspensionHasAReasonThatPeopleCanRead(String bodyAndCode) {
        var cut = bodyAndCode.lastIndexOf(' ');
        var client = new Client("integration").bring("active");
        Api.as("operator")
                .put(client.path + "/suspension", bodyAndCode.substring(0, cut), "")
                .then()
                .statusCode(422)
                .body("errors.code", equalTo(List.of(bodyAndCode.substring(cut + 1))));
        Api.as("operator")
                .put(client.path + "/suspension", Map.of("reason", "x".repeat(1_001)), "")
                .then()
                .statusCode(422);
        assertThat(client.state()).isEqualTo("active");
        assertThat(client.mails()).isEmpty();
    }

    @Test
    void anEntityTagThatIsSentMustMatch() {
        var client = new Client("integration").bring("active");
        var read = client.tag();
        Api.as("owner")
                .put(client.path, client.metadata("https://app.supplier.co.uk/new"), "If-Match: " + read)
                .then()
                .statusCode(200);
        Api.as("operator")
                .put(client.path + "/suspension", REASON, "If-Match: " + read)
                .then()
                .statusCode(412);
        Api.as("operator")
                .put(client.path + "/suspension", REASON, "If-Match: " + client.tag())
                .then()
                .statusCode(200);
        Api.as("operator")
                .delete(client.path + "/suspension", "If-Match: " + read)
                .then()
                .statusCode(412);
        assertThat(client.state()).isEqualTo("suspended");
    }

    @Test
    void aRestoredClientWorksAsItDid() {
        var client = new Client("integration").bring("active");
        var before = Api.as("owner").get(client.path);
        var secrets = Api.as("owner").get(client.path + "/secrets").<List<Object>>path("items");
        client.act("delete", "admin").then().statusCode(204);
        client.act("restore", "operator").then().statusCode(200);
        assertThat(Api.as("owner").get(client.path).asString()).isEqualTo(before.asString());
        assertThat(Api.as("owner").get(client.path + "/secrets").<List<Object>>path("items"))
                .isEqualTo(secrets)
                .hasSize(1);
        assertThat(client.tag()).as("nobody's old tag fits").isNotEqualTo(before.header("ETag"));
    }

    @Test
    void registeringAnewGivesAnotherIdAndEndsRestoration() {
        var client = new Client("integration").bring("active");
        var first = Api.as("owner").get(client.path).path("client_id");
        client.act("delete", "owner");
        client.act("register", "owner").then().statusCode(201);
        assertThat(Api.as("owner").get(client.path).<Object>path("client_id")).isNotEqualTo(first);
        client.act("restore", "operator").then().statusCode(409);
        client.act("delete", "owner").then().statusCode(204);
        client.act("restore", "operator").then().statusCode(200);
        assertThat(Api.as("owner").get(client.path).<Object>path("client_id"))
                .as("the last, never the one that it replaced")
                .isNotEqualTo(first);
    }

    @Test
    void aDeletedApplicationComesBackWithItsRegistration() {
        var client = new Client("integration").bring("deleted");
        var application = Api.as("owner").get(client.application);
        Api.as("owner")
                .delete(client.application, "If-Match: " + application.header("ETag"))
                .then()
                .statusCode(204);
        Api.as("other-owner").post(client.path + "/restoration", "").then().statusCode(404);
        Api.as("owner").post(client.path + "/restoration", "").then().statusCode(403);
        client.act("restore", "operator").then().statusCode(200);
        assertThat(Api.as("owner").get(client.application).<Object>path("name")).isEqualTo(application.path("name"));
        assertThat(client.trail()).contains("registration-restored");
        assertThat(sql.text("select string_agg(act, ' ' order by at) from audit_entry where object_id = '" + client.id
                        + "'"))
                .endsWith("application-deleted application-restored");
    }

    @Test
    void thereIsNothingOfThisWhereNothingIsRegistered() {
        var application = Api.newApplication("Mock");
        Api.as("operator")
                .put(application + "/registrations/mock/suspension", REASON, "")
                .then()
                .statusCode(404);
        Api.as("operator")
                .delete(application + "/registrations/mock/suspension", "")
                .then()
                .statusCode(404);
        Api.as("operator")
                .post(application + "/registrations/mock/restoration", "")
                .then()
                .statusCode(404);
    }

    @Test
    void theTeamIsToldOfEachAndOperatorsOfWhatIsDeletedInProduction() {
        var client = new Client("production").bring("active");
        client.act("suspend", "operator");
        client.act("suspend", "operator");
        client.act("resume", "operator");
        client.act("delete", "owner");
        client.act("restore", "operator");
        assertThat(client.mails())
                .containsExactlyInAnyOrder(
                        "is suspended in Production to contact@supplier.example",
                        "is suspended in Production to owner@local.example",
                        "is suspended in Production to admin@local.example",
                        "is resumed in Production to contact@supplier.example",
                        "is resumed in Production to owner@local.example",
                        "is resumed in Production to admin@local.example",
                        "was deleted from Production to contact@supplier.example",
                        "was deleted from Production to owner@local.example",
                        "was deleted from Production to admin@local.example",
                        "was deleted from Production to operators@local.example",
                        "is restored in Production to contact@supplier.example",
                        "is restored in Production to owner@local.example",
                        "is restored in Production to admin@local.example",
                        "is restored in Production to operators@local.example");
        assertThat(sql.text(
                        "select page from mail where code = 'client-deleted' and recipient = 'operators@local.example'"
                                + " and arguments like '%' || (select client_id from registration where application_id = '"
                                + client.id
                                + "') || '%'"))
                .isEqualTo("deleted-clients");
        assertThat(client.trail())
                .endsWith("client-suspended client-resumed registration-deleted registration-restored");
    }

    @Test
    void operatorsAreNotMailedWhatIsDeletedOnThePathToLive() {
        var client = new Client("integration").bring("deleted");
        assertThat(client.mails())
                .containsExactlyInAnyOrder(
                        "was deleted from Integration to contact@supplier.example",
                        "was deleted from Integration to owner@local.example",
                        "was deleted from Integration to admin@local.example");
    }

    @Test
    void atOnceEachHappensOnce() throws Exception {
        var client = new Client("integration").bring("active");
        assertThat(AtOnce.all(() -> client.act("suspend", "operator").statusCode(), 12))
                .containsOnly(200);
        assertThat(AtOnce.all(() -> client.act("resume", "operator2").statusCode(), 12))
                .containsOnlyOnce(204)
                .contains(409);
        client.act("delete", "owner").then().statusCode(204);
        assertThat(AtOnce.all(() -> client.act("restore", "operator").statusCode(), 12))
                .containsOnlyOnce(200)
                .contains(409);
        assertThat(client.trail())
                .endsWith("client-suspended client-resumed registration-deleted registration-restored");
        assertThat(client.mails()).hasSize(4 * 3);
    }

    /** Whichever comes first, there is one live registration at most, and the other hears that it came too late. */
    @Test
    void restoringAndRegisteringAnewExcludeEachOther() throws Exception {
        for (int i = 0; i < 10; i++) {
            var client = new Client("integration").bring("deleted");
            var statuses = AtOnce.each(
                    n -> () -> n == 0
                            ? client.act("restore", "operator").statusCode()
                            : client.act("register", "owner").statusCode(),
                    2);
            assertThat(statuses).isIn(List.of(200, 412), List.of(409, 201));
            assertThat(client.state()).isEqualTo("active");
        }
    }

    private static List<Map<String, String>> table() {
        try (var in = ClientLifecycleApiTest.class.getResourceAsStream("/registration/client-life.tsv")) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .toList();
            var rows = new ArrayList<Map<String, String>>();
            for (var cells : lines.subList(1, lines.size())) {
                var row = new java.util.LinkedHashMap<String, String>();
                for (int i = 0; i < cells.length; i++) {
                    row.put(lines.get(0)[i], cells[i]);
                }
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Seen(String state, String tag) {}

    /** An application of the first team, and what is registered of it in one environment. */
    private final class Client {
        final String application;
        final String id;
        final String path;
        /** Its own: what is suspended keeps its addresses from others. */
        final String host = "https://life-" + java.util.UUID.randomUUID() + ".supplier.co.uk";

        private final String environment;
        private Seen seen;

        Client(String environment) {
            this.environment = environment;
            application = Api.as("owner")
                    .post(
                            "/api/v1/teams/" + Api.FIRST_TEAM + "/applications",
                            Map.of(
                                    "name",
                                    "Life " + java.util.UUID.randomUUID(),
                                    "category",
                                    "supplier",
                                    "application_type",
                                    "web",
                                    "contacts",
                                    List.of("contact@supplier.example")))
                    .then()
                    .statusCode(201)
                    .extract()
                    .header("Location");
            id = application.substring(application.lastIndexOf('/') + 1);
            path = application + "/registrations/" + environment;
        }

        Client bring(String state) {
            if (state.equals("none")) {
                return this;
            }
            register();
            if (state.contains("suspended")) {
                act("suspend", "operator").then().statusCode(200);
            }
            if (state.equals("deleted-suspended")) {
                // As an earlier version let the team do.
                sql.execute("update registration set deleted_at = now() where application_id = '" + id + "'");
            } else if (state.startsWith("deleted") || state.equals("registered-anew")) {
                act("delete", "owner").then().statusCode(204);
            }
            if (state.equals("deleted-long-ago")) {
                sql.execute("update registration set deleted_at = now() - interval '30 days' where application_id = '"
                        + id + "'");
            }
            if (state.equals("registered-anew")) {
                register();
            }
            return this;
        }

        /** In production a client is issued by review; here only what becomes of it matters. */
        private void register() {
            Api.as("owner")
                    .put(application + "/registrations/integration", metadata(host + "/callback"), "If-None-Match: *")
                    .then()
                    .statusCode(201);
            if (!environment.equals("integration")) {
                sql.execute("update registration set environment = '" + environment + "' where deleted_at is null and"
                        + " application_id = '" + id + "'");
            }
        }

        Map<String, Object> metadata(String redirectUri) {
            var metadata = new HashMap<>(Api.metadata());
            metadata.put("redirect_uris", List.of(redirectUri));
            return metadata;
        }

        Response act(String act, String role) {
            return act(act, role, this::tag);
        }

        Response act(String act, String role, Supplier<String> tag) {
            var request = role.startsWith("credential")
                    ? Api.bare().auth().oauth2(Credentials.token(role)).contentType("application/json")
                    : Api.as(role).request();
            return switch (act) {
                case "suspend" -> request.body(REASON).put(path + "/suspension");
                case "resume" -> request.delete(path + "/suspension");
                case "restore" -> request.post(path + "/restoration");
                case "delete" -> request.header("If-Match", tag.get()).delete(path);
                case "rotate" -> request.body(Map.of("overlap_seconds", 0)).post(path + "/secrets");
                case "replace" ->
                    request.header("If-Match", tag.get())
                            .body(metadata(host + "/replaced"))
                            .put(path);
                case "register" ->
                    request.header("If-None-Match", "*")
                            .body(metadata(host + "/callback"))
                            .put(path);
                default -> throw new IllegalArgumentException(act);
            };
        }

        private Seen look() {
            var answer = Api.as("operator").get(path);
            seen = answer.statusCode() == 404
                    ? new Seen("none", "\"none\"")
                    : new Seen((String) answer.as(Map.class).get("state"), answer.header("ETag"));
            return seen;
        }

        /** As it was when it was last checked. */
        Seen seen() {
            return seen;
        }

        String tag() {
            return look().tag();
        }

        String state() {
            return look().state();
        }

        /** What was mailed about it: the end of the subject, and to whom. */
        List<String> mails() {
            String name = Api.as("operator").get(application).path("name");
            return QuarkusTransaction.requiringNew().call(() -> outbox.latest(500).stream()
                    .flatMap(mail -> told(mail, name))
                    .toList());
        }

        private Stream<String> told(Mail mail, String name) {
            var subject = writer.write(mail.letter()).subject();
            return subject.startsWith(name)
                    ? Stream.of(subject.substring(name.length() + 1) + " to " + mail.recipient())
                    : Stream.empty();
        }

        String trail() {
            return sql.text("select string_agg(act, ' ' order by at) from audit_entry where object = 'registration' and"
                    + " object_id in (select id::text from registration where application_id = '" + id + "')");
        }
    }
}

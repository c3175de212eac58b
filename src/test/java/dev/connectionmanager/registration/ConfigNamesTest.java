package dev.connectionmanager.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.api.tool.ToolProgram;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.AtOnce;
import dev.connectionmanager.testing.Credentials;
import dev.connectionmanager.testing.PortalTest;
import dev.connectionmanager.testing.Sql;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that registrations have in the existing tool's format. */
@PortalTest
class ConfigNamesTest {
    @Inject
    Sql database;

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Ward Round, ward-round",
                "Ward  Round!, ward-round",
                "  -Ward-  , ward",
                "Señor Müller’s Café, senor-muller-s-cafe",
                "ＦＵＬＬ ｗｉｄｔｈ, full-width",
                "ﬁne № 1, fine-no-1",
                "Ｗard²/3#4?5, ward2-3-4-5",
                "İSTANBUL, istanbul",
                "病院, client",
                "😀, client",
                "---, client"
            })
    void isMadeFromTheClientName(String clientName, String name) {
        assertThat(database.text("select config_stem('" + clientName.replace("'", "''") + "')"))
                .isEqualTo(name);
    }

    @Test
    void staysWithin64WhateverIsMadeOfIt() {
        for (var length : List.of(63, 64, 65, 200)) {
            for (var number : List.of(1, 2, 10, 123_456)) {
                var name = database.text("select config_name_of(config_stem('" + "a ".repeat(length / 2)
                        + "b".repeat(length) + "'), " + number + ")");
                assertThat(name).matches("[a-z0-9-]{1,64}").doesNotContain("--");
                assertThat(name.endsWith("-" + number)).isEqualTo(number > 1);
            }
        }
    }

    @Test
    void isOfItsOwnAndNeverChanges() {
        var name = "Twice " + UUID.randomUUID();
        var first = register(name);
        var second = register(name);
        assertThat(nameOf(second)).isEqualTo(nameOf(first) + "-2");
        // The name that the third would get, taken by a client that is called so.
        register(name + " 3");
        assertThat(nameOf(register(name))).isEqualTo(nameOf(first) + "-4");
        rename(first, "Other");
        assertThat(nameOf(first)).isEqualTo(slug(name));
        delete(first);
        assertThat(nameOf(register(name))).isEqualTo(slug(name) + "-5");
        assertThat(nameOf(register(name.toUpperCase()))).isEqualTo(slug(name) + "-6");
    }

    @Test
    void eachOfFiftyAtOnceGetsOne() throws Exception {
        var name = "Race " + UUID.randomUUID();
        var secret = Credentials.token("credential-write");
        var names = AtOnce.all(
                () -> ToolProgram.with(secret)
                        .create(Map.of(
                                "client_name", name, "redirect_uris", List.of("https://app.supplier.co.uk/callback")))
                        .get("config_name")
                        .textValue(),
                50);
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 50)
                        .mapToObj(number -> number == 1 ? slug(name) : slug(name) + "-" + number)
                        .toList());
    }

    @Test
    void ofFiftyEditsWithOneHashOneCounts() throws Exception {
        var program = ToolProgram.with(Credentials.token("credential-write"));
        var made = program.create(Map.of(
                "client_name",
                "Edited " + UUID.randomUUID(),
                "redirect_uris",
                List.of("https://app.supplier.co.uk/callback")));
        var statuses = AtOnce.each(
                i -> () -> {
                    try {
                        program.edit(
                                made.get("config_name").textValue(),
                                made.get("hash").textValue(),
                                Map.of(
                                        "client_name", "Edited by " + i,
                                        "description", "By " + i,
                                        "redirect_uris", List.of("https://app.supplier.co.uk/" + i)));
                        return 200;
                    } catch (ToolProgram.Failed failed) {
                        return failed.status();
                    }
                },
                50);
        assertThat(statuses).containsOnly(200, 412).containsOnlyOnce(200);
        var config = program.get(made.get("config_name").textValue()).get("client_config");
        var by = config.get("client_name").textValue().replace("Edited by ", "");
        assertThat(config.get("description").textValue()).isEqualTo("By " + by);
        assertThat(config.get("redirect_uris").get(0).textValue()).endsWith("/" + by);
    }

    /** In its new team it has a name of its own; when it comes back, it has its old one. */
    @Test
    void goesAlongToAnotherTeam() {
        var name = "Handed " + UUID.randomUUID();
        var theirs = register(name);
        give(theirs, Api.OTHER_TEAM);
        var mine = register(name);
        assertThat(nameOf(theirs)).isEqualTo(slug(name));
        assertThat(nameOf(mine)).isEqualTo(slug(name) + "-2");
        give(mine, Api.OTHER_TEAM);
        assertThat(nameOf(mine)).isEqualTo(slug(name) + "-2");
        give(theirs, Api.FIRST_TEAM);
        assertThat(nameOf(theirs)).isEqualTo(slug(name));
        assertThat(ToolProgram.with(Credentials.token("credential-write")).names())
                .contains(slug(name))
                .doesNotContain(slug(name) + "-2");
    }

    /** @return the application's path */
    private static String register(String clientName) {
        var path = Api.newApplication("Named");
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("client_name", clientName);
        Api.as("owner")
                .put(path + "/registrations/integration", metadata, "If-None-Match: *")
                .then()
                .statusCode(201);
        return path;
    }

    private static void rename(String path, String clientName) {
        var metadata = new HashMap<>(Api.metadata());
        metadata.put("client_name", clientName);
        Api.as("owner")
                .put(path + "/registrations/integration", metadata, tag(path))
                .then()
                .statusCode(200);
    }

    private static void delete(String path) {
        Api.as("owner")
                .delete(path + "/registrations/integration", tag(path))
                .then()
                .statusCode(204);
    }

    private static String tag(String path) {
        return "If-Match: "
                + Api.as("owner").get(path + "/registrations/integration").header("ETag");
    }

    /** As a hand-over that was accepted leaves it. */
    private void give(String path, String team) {
        database.execute("update application set team_id = '" + team + "' where id = '" + id(path) + "'");
    }

    private static String slug(String name) {
        return name.toLowerCase().replace(' ', '-');
    }

    private String nameOf(String path) {
        return database.text("select c.name from config_name c join registration r on r.id = c.registration_id"
                + " and r.team_id = c.team_id where r.application_id = '" + id(path) + "' order by r.issued_at desc");
    }

    private static String id(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

package dev.connectionmanager.face;

import dev.connectionmanager.testing.Sql;

/** Where the pages and the API have a registration, of which other faces know the client ID. */
record Registered(Sql database) {
    String path(String clientId) {
        return "/applications/" + text("r.application_id", clientId) + "/registrations/integration";
    }

    String configName(String clientId) {
        return text("c.name", clientId);
    }

    private String text(String column, String clientId) {
        return database.text(
                "select " + column + " from registration r left join config_name c on c.registration_id = r.id"
                        + " where r.client_id = '" + clientId + "'");
    }
}

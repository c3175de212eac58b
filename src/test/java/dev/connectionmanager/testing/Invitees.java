package dev.connectionmanager.testing;

import java.util.List;

/** People who say yes to what they are invited to. */
public final class Invitees {
    private Invitees() {}

    /** Accepts every invitation to this person's verified email address. */
    public static void accept(String user) {
        var person = Api.as(user);
        person.get("/api/v1/invitations?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .<List<String>>path("items.id")
                .forEach(id -> person.post("/api/v1/invitations/" + id + "/acceptance", "")
                        .then()
                        .statusCode(200));
    }
}

package dev.connectionmanager.keyset;

import com.nimbusds.jose.JOSEException;
import dev.connectionmanager.testing.Api;
import dev.connectionmanager.testing.RsaKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Key sets of the first team. */
public final class HostedKeySetExamples {
    private static final String ALL = "/api/v1/teams/" + Api.FIRST_TEAM + "/key-sets";
    private static final List<String> MADE = new ArrayList<>();

    private HostedKeySetExamples() {}

    /** A new one with one key, whose maker deletes it. */
    public static String path() {
        return ALL + "/" + make("Example", 0).path("id");
    }

    /**
     * A new one with one key. A team may have ten: the first stays for those who only read, and of the later ones the oldest make
     * place.
     */
    public static synchronized String forAnybodysUse() {
        if (MADE.size() > 3) {
            Api.as("owner").delete(ALL + "/" + MADE.remove(1), "");
        }
        MADE.add(make("Example for all", 0).path("id"));
        return MADE.get(MADE.size() - 1);
    }

    /** @param key which of the {@link RsaKeys} */
    static io.restassured.response.Response make(String name, int key) {
        var answer = Api.as("owner")
                .post(
                        ALL,
                        Map.of(
                                "name",
                                name,
                                "keys",
                                List.of(RsaKeys.key(key).toPublicJWK().toJSONObject())));
        answer.then().statusCode(201);
        return answer;
    }

    /** Of the key in it. */
    public static String thumbprint() {
        try {
            return RsaKeys.key(0).computeThumbprint().toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.connectionmanager.mock.login;

import dev.connectionmanager.mock.client.MockClient;
import dev.connectionmanager.mock.provider.Parameters;
import java.util.List;
import java.util.Optional;

/**
 * An authorization request whose client and redirect URI are good: from here on, what is wrong with it is the client's to know.
 *
 * @param redirectUri exactly as sent
 * @param clicked whether the browser goes to it only when somebody has clicked
 */
record LogInRequest(MockClient client, String redirectUri, boolean clicked, Parameters parameters) {
    static final String STATE = "state";

    List<String> scope() {
        return parameters.words("scope").stream().distinct().toList();
    }

    boolean prompts(String what) {
        return parameters.words("prompt").contains(what);
    }

    /** Those that are known, in the order in which the client prefers them; never empty. */
    List<AcrValue> acrValues() {
        var known = parameters.words("acr_values").stream()
                .flatMap(value -> AcrValue.of(value).stream())
                .toList();
        return known.isEmpty() ? List.of(AcrValue.DEFAULT) : known;
    }

    /** In seconds; judged before. */
    Optional<Long> maxAge() {
        return parameters.one("max_age").map(Long::valueOf);
    }

    Optional<String> loginHint() {
        return parameters.one("login_hint");
    }
}

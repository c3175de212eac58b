package dev.connectionmanager.mock.logout;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTParser;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.util.URLUtils;
import com.nimbusds.openid.connect.sdk.claims.LogoutTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.validators.LogoutTokenValidator;
import dev.connectionmanager.mock.RelyingParty;
import dev.connectionmanager.outbound.Answers;
import dev.connectionmanager.outbound.LaboratoryInternet;
import java.net.URI;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** The back-channel logout endpoint of a strict relying party, at a name of the laboratory. */
final class LogoutReceiver {
    static final String GOOD = Answers.text("200 OK", "Cache-Control: no-store\r\n", "");

    /** What it was sent: whole tokens. */
    final List<String> tokens = new CopyOnWriteArrayList<>();
    /** What it made of each: empty, or what is wrong. */
    final List<String> judged = new CopyOnWriteArrayList<>();

    final String uri;
    private final Deque<String> instead = new ConcurrentLinkedDeque<>();
    private final Set<String> seen = new HashSet<>();
    private String clientId;
    private boolean sessionRequired = true;

    LogoutReceiver(String name) {
        uri = LaboratoryInternet.receive(name, this::answer);
    }

    void knows(String id) {
        clientId = id;
    }

    void needsNoSession() {
        sessionRequired = false;
    }

    /** Answers so next time, in the order given. */
    void answersNext(String... responses) {
        instead.addAll(List.of(responses));
    }

    private String answer(String form) {
        var token = URLUtils.parseParameters(form).get("logout_token").get(0);
        tokens.add(token);
        var wrong = judge(token);
        judged.add(wrong);
        var other = instead.poll();
        if (other != null) {
            return other;
        }
        return wrong.isEmpty() ? GOOD : Answers.text("400 Bad Request", "", "<b>" + wrong + "</b>");
    }

    private String judge(String token) {
        try {
            var claims = claims(token);
            if (sessionRequired && claims.getSessionID() == null) {
                return "no sid";
            }
            return seen.add(claims.getJWTID().getValue()) ? "" : "replayed";
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** Judged by Nimbus. */
    LogoutTokenClaimsSet claims(String token) throws BadJOSEException, JOSEException {
        try {
            var issuer = RelyingParty.commonIssuer();
            var keys = JWKSet.load(URI.create(issuer + "/connect/jwk_uri").toURL());
            return new LogoutTokenValidator(new Issuer(issuer), new ClientID(clientId), JWSAlgorithm.RS256, keys)
                    .validate(JWTParser.parse(token));
        } catch (java.text.ParseException | java.io.IOException e) {
            throw new BadJOSEException(e.getMessage());
        }
    }
}

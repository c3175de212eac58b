package dev.connectionmanager.mock.log;

import dev.connectionmanager.mock.log.Check.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request of a client, while it is judged: notes what was checked. */
public final class Exchange {
    private final String issuer;
    private final Endpoint endpoint;
    private final Instant at;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> assertion = new LinkedHashMap<>();
    private String clientId;
    private String user;
    private String fault;
    private String wanted;
    private Answer answer;

    /** What was asked. */
    public enum Endpoint {
        AUTHORIZE("Authorization request", "granted", "refused"),
        TOKEN("Token request", "granted", "refused"),
        USERINFO("UserInfo request", "granted", "refused"),
        END_SESSION("Log-out", "done", "not done"),
        LOGOUT_TOKEN("Logout token", "as it should be", "not as it should be");

        private final String title;
        private final String good;
        private final String bad;

        Endpoint(String title, String good, String bad) {
            this.title = title;
            this.good = good;
            this.bad = bad;
        }

        /** How it went, in a word or some. */
        public String outcome(boolean passed) {
            return passed ? good : bad;
        }

        public String title() {
            return title;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * @param error the code of the error answer; {@code null} = it was granted
     * @param words what was answered
     */
    public record Answer(String error, String words) {}

    private Exchange(String issuer, Endpoint endpoint, Instant at) {
        this.issuer = issuer;
        this.endpoint = endpoint;
        this.at = at;
    }

    /**
     * @param issuer whose: empty for the public one
     * @param at by the issuer's clock
     */
    public static Exchange begun(String issuer, Endpoint endpoint, Instant at) {
        return new Exchange(issuer, endpoint, at);
    }

    /** Whose it is; what nobody's is, is not kept. */
    public Exchange of(String clientId) {
        this.clientId = clientId;
        return this;
    }

    public Exchange by(String user) {
        this.user = user;
        return this;
    }

    /** @param code what shall go wrong on purpose, wherever it can; {@code null} = nothing */
    public Exchange wants(String code) {
        wanted = code;
        return this;
    }

    public Optional<String> wanted() {
        return Optional.ofNullable(wanted);
    }

    /** That something was done wrong on purpose. */
    public Exchange with(String fault) {
        this.fault = fault;
        return this;
    }

    public Exchange passed(String check, String words) {
        checks.add(Check.of(check, Verdict.PASSED, words));
        return this;
    }

    public Exchange warned(String check, String words) {
        checks.add(Check.of(check, Verdict.WARNED, words));
        return this;
    }

    public Exchange failed(String check, String words) {
        checks.add(Check.of(check, Verdict.FAILED, words));
        return this;
    }

    /** @param what is held against each other, as a sentence begins: ‘The redirect URI’ */
    public Exchange differs(String check, String what, String sent, String registered) {
        checks.add(Check.differing(check, what, sent, registered));
        return this;
    }

    /** What was sent and what was expected, where their texts say more than a place. */
    public Exchange failed(String check, String words, String sent, String registered) {
        checks.add(new Check(check, Verdict.FAILED, words, sent, registered, null));
        return this;
    }

    /** A claim or header of the client's assertion, as it was decoded. */
    public void asserted(String name, String value) {
        assertion.put(name, Check.shortened(value));
    }

    /** @param error {@code null} = it was granted */
    public void ends(String error, String words) {
        answer = new Answer(error, words);
    }

    /** Not yet while a page waits for somebody to pick something. */
    public boolean hasEnded() {
        return answer != null;
    }

    public String issuer() {
        return issuer;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public Instant at() {
        return at;
    }

    public Optional<String> clientId() {
        return Optional.ofNullable(clientId);
    }

    public List<Check> checks() {
        return List.copyOf(checks);
    }

    Map<String, String> assertion() {
        return assertion;
    }

    String user() {
        return user;
    }

    /** The code of what was done wrong on purpose; {@code null} = nothing. */
    public String fault() {
        return fault;
    }

    Answer answer() {
        return answer;
    }
}

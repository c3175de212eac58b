package dev.connectionmanager.mock.login;

import dev.connectionmanager.environment.ProviderVocabulary;
import dev.connectionmanager.mock.log.Exchange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges an authorization request whose client and redirect URI are good. OpenID Connect Core 1.0 section 3.1.2, RFC 7636. */
final class RequestCheck {
    private static final Set<String> PROMPTS = Set.of("none", "login", "consent", "select_account");
    private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final LogInRequest request;
    private final Exchange exchange;

    private RequestCheck(LogInRequest request, Exchange exchange) {
        this.request = request;
        this.exchange = exchange;
    }

    /** What the client is answered. */
    record Refused(String error, String description) {}

    /** @return empty for a request that is good; the first fault of one that is not */
    static Optional<Refused> judge(LogInRequest request, Exchange exchange) {
        var check = new RequestCheck(request, exchange);
        return check.once()
                .or(check::notByReference)
                .or(check::responseType)
                .or(check::scope)
                .or(check::prompt)
                .or(check::maxAge)
                .or(check::challenge)
                .or(check::advice);
    }

    private Optional<Refused> once() {
        return request.parameters().repeated().map(name -> {
            exchange.failed(name, "The parameter " + name + " comes more than once");
            return new Refused("invalid_request", "Invalid parameter: " + name + " is repeated");
        });
    }

    private Optional<Refused> notByReference() {
        for (var name : List.of("request", "request_uri", "registration")) {
            if (request.parameters().one(name).isPresent()) {
                exchange.failed(name, "The parameter " + name + " is not supported");
                return Optional.of(new Refused(name + "_not_supported", "The " + name + " parameter is not supported"));
            }
        }
        return Optional.empty();
    }

    private Optional<Refused> responseType() {
        var type = request.parameters().one("response_type").orElse("");
        if (!type.equals("code")) {
            exchange.failed("response_type", "The only response type is code", type, "code");
            return Optional.of(
                    type.isEmpty()
                            ? new Refused("invalid_request", "Missing parameter: response_type")
                            : new Refused("unsupported_response_type", "Response type is not supported: " + type));
        }
        var mode = request.parameters().one("response_mode").orElse("query");
        if (!mode.equals("query")) {
            exchange.failed("response_mode", "The only response mode is query", mode, "query");
            return Optional.of(new Refused("invalid_request", "Response mode is not supported: " + mode));
        }
        exchange.passed("response_type", "The response type is code");
        return Optional.empty();
    }

    private Optional<Refused> scope() {
        var scope = request.scope();
        var unknown = scope.stream()
                .filter(one -> !ProviderVocabulary.SCOPES.contains(one))
                .toList();
        if (!unknown.isEmpty()) {
            exchange.failed(
                    "scope",
                    "There is no scope " + String.join(", ", unknown),
                    String.join(" ", scope),
                    String.join(" ", ProviderVocabulary.SCOPES));
            return Optional.of(
                    new Refused("invalid_scope", "Unknown/invalid scope(s): [" + String.join(", ", unknown) + "]"));
        }
        if (!scope.contains("openid")) {
            exchange.failed(
                    "scope",
                    "The scope lacks openid: without it this is no OpenID Connect",
                    String.join(" ", scope),
                    "openid");
            return Optional.of(new Refused("invalid_scope", "Missing scope: openid"));
        }
        exchange.passed("scope", "Every scope is known");
        return Optional.empty();
    }

    private Optional<Refused> prompt() {
        var prompt = request.parameters().words("prompt");
        var unknown = prompt.stream().filter(one -> !PROMPTS.contains(one)).findFirst();
        if (unknown.isPresent() || prompt.contains("none") && prompt.size() > 1) {
            exchange.failed(
                    "prompt",
                    unknown.isPresent()
                            ? "There is no prompt " + unknown.get()
                            : "The prompt none cannot be asked for together with another");
            return Optional.of(new Refused("invalid_request", "Invalid parameter: prompt"));
        }
        return Optional.empty();
    }

    private Optional<Refused> maxAge() {
        var age = request.parameters().one("max_age");
        if (age.isPresent() && !SECONDS.matcher(age.get()).matches()) {
            exchange.failed("max_age", "This is no number of seconds");
            return Optional.of(new Refused("invalid_request", "Invalid parameter: max_age"));
        }
        return Optional.empty();
    }

    private Optional<Refused> challenge() {
        var challenge = request.parameters().one("code_challenge");
        var method = request.parameters().one("code_challenge_method");
        if (challenge.isEmpty()) {
            if (method.isPresent()) {
                exchange.failed("code_challenge", "A code_challenge_method came without a code_challenge");
                return Optional.of(new Refused("invalid_request", "Missing parameter: code_challenge"));
            }
            return Optional.empty();
        }
        if (!CHALLENGE.matcher(challenge.get()).matches()) {
            exchange.failed("code_challenge", "A code challenge has 43 to 128 letters, digits or -._~");
            return Optional.of(new Refused("invalid_request", "Invalid parameter: code_challenge"));
        }
        var used = method.orElse("plain");
        if (!Set.of("S256", "plain").contains(used)) {
            exchange.failed("code_challenge_method", "The methods are S256 and plain", used, "S256");
            return Optional.of(new Refused("invalid_request", "Invalid parameter: code_challenge_method"));
        }
        if (used.equals("plain")) {
            exchange.warned(
                    "code_challenge_method",
                    "The method is plain" + (method.isEmpty() ? ", since none was sent" : "")
                            + ": it shows the verifier to whoever sees the request. Use S256");
        } else {
            exchange.passed("code_challenge", "PKCE with S256");
        }
        return Optional.empty();
    }

    /** What is no fault, and better otherwise. */
    private Optional<Refused> advice() {
        if (request.parameters().one(LogInRequest.STATE).isEmpty()) {
            exchange.warned("state", "No state was sent: with it a client knows an answer that it did not ask for");
        }
        if (request.parameters().one("nonce").isEmpty()) {
            exchange.warned("nonce", "No nonce was sent: with it a client knows an ID token that it did not ask for");
        }
        var unknown = request.parameters().words("acr_values").stream()
                .filter(value -> AcrValue.of(value).isEmpty())
                .toList();
        if (!unknown.isEmpty()) {
            exchange.warned(
                    "acr_values",
                    "There is no " + String.join(", ", unknown)
                            + ": it is passed over, and where no other is left, AAL3_ANY holds");
        }
        return Optional.empty();
    }
}

package dev.connectionmanager.metadata;

import dev.connectionmanager.application.Application;
import dev.connectionmanager.application.ApplicationType;
import dev.connectionmanager.application.Framework;
import dev.connectionmanager.application.Framework.Part;
import dev.connectionmanager.environment.Environment;
import dev.connectionmanager.environment.EnvironmentKind;
import dev.connectionmanager.policy.NameText;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import dev.connectionmanager.verification.uri.EndpointUriRules;
import dev.connectionmanager.verification.uri.RedirectUriRules;
import java.text.Normalizer;
import java.util.HashSet;
import java.util.List;

/** The policy on client metadata, readable from top to bottom. Everything is judged as typed; nothing is repaired. */
public final class RegistrationRules {
    /** OpenID Connect Core 1.0 section 16.19: our secrets have 36 octets, HS384 would need 48. */
    private static final String FITS_CLIENT_SECRET = "HS256";

    private final Candidate candidate;
    private final Environment environment;
    private final ApplicationType applicationType;
    private final Violations.Collector found = new Violations.Collector();

    private RegistrationRules(Candidate candidate, Environment environment, ApplicationType applicationType) {
        this.candidate = candidate;
        this.environment = environment;
        this.applicationType = applicationType;
    }

    /** The same, of a candidate that takes its name and type from its application where it gives none. */
    public static Violations check(Candidate candidate, Environment environment, Application.Details application) {
        return check(candidate.withDefaults(application), environment, application.applicationType())
                .and(checkFramework(candidate, application.framework()));
    }

    /** What the application's framework does not do by itself; nothing where it is another, or not known. */
    private static Violations checkFramework(Candidate candidate, String code) {
        var found = new Violations.Collector();
        Framework.ofCode(code).ifPresent(framework -> {
            var method = candidate.tokenEndpointAuthMethod();
            if (method != null && !method.equals("client_secret_post") && !framework.does(Part.EVERY_METHOD)) {
                found.add("token_endpoint_auth_method", Rule.FRAMEWORK_AUTH_METHOD, code, method);
            }
            if (candidate.userinfoSignedResponseAlg() != null && !framework.does(Part.SIGNED_USERINFO)) {
                found.add("userinfo_signed_response_alg", Rule.FRAMEWORK_SIGNED_USERINFO, code);
            }
            if (candidate.backchannelLogoutUri() != null && !framework.does(Part.BACKCHANNEL_LOGOUT)) {
                found.add("backchannel_logout_uri", Rule.FRAMEWORK_BACKCHANNEL_LOGOUT, code);
            }
        });
        return found.violations();
    }

    /**
     * Judges everything at once.
     *
     * @param candidate what was typed; an absent client name is the application's and not judged
     * @param environment where it is to be registered
     * @param applicationType the application's own type
     * @return all findings, in the order of the members; empty when all is well
     */
    public static Violations check(Candidate candidate, Environment environment, ApplicationType applicationType) {
        return new RegistrationRules(candidate, environment, applicationType).check();
    }

    /**
     * Judges only whether it can be kept while it is unfinished. Other rules may be broken then; without these whoever
     * types could make the portal store, compare and show as much as they like.
     */
    public static Violations checkSize(Candidate candidate) {
        var found = new Violations.Collector();
        for (var member : ClientMember.values()) {
            checkSize(member, member.values(candidate), found);
        }
        return found.violations();
    }

    private static void checkSize(ClientMember member, List<String> values, Violations.Collector found) {
        if (values.size() > member.size().most()) {
            found.add(member.code(), member.size().tooMany(), Integer.toString(values.size()));
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            var length = values.get(i).length();
            if (length > RedirectUriRules.LONGEST) {
                found.add(member.path(i), member.size().tooLong(), arguments(member, Integer.toString(length)));
            }
        }
    }

    private static String[] arguments(ClientMember member, String length) {
        return switch (member.size().tooLong()) {
            case CLIENT_NAME_TOO_LONG -> new String[0];
            case MEMBER_TOO_LONG -> new String[] {member.code(), length};
            default -> new String[] {length};
        };
    }

    /**
     * What is registered of a candidate that nothing blocks. Names are kept in Unicode normalization form C, so that
     * equal looking ones are equal.
     */
    public static ClientMetadata accept(Candidate c) {
        return new ClientMetadata(
                Normalizer.normalize(c.clientName(), Normalizer.Form.NFC),
                ApplicationType.ofCode(c.applicationType()).orElseThrow(),
                c.redirectUris(),
                TokenEndpointAuthMethod.ofCode(c.tokenEndpointAuthMethod()).orElseThrow(),
                c.tokenEndpointAuthSigningAlg(),
                c.jwksUri(),
                c.userinfoSignedResponseAlg(),
                c.backchannelLogoutUri(),
                c.backchannelLogoutUri() != null && Boolean.TRUE.equals(c.backchannelLogoutSessionRequired()));
    }

    private Violations check() {
        checkClientName();
        checkApplicationType();
        checkRedirectUris();
        checkAuthMethod();
        checkSigningAlg();
        checkJwksUri();
        checkUserinfoAlg();
        checkBackchannelLogout();
        return found.violations();
    }

    private void checkClientName() {
        var name = candidate.clientName();
        if (name == null) {
            return;
        }
        var fault = NameText.fault(name);
        if (fault.isPresent()) {
            found.add(
                    "client_name",
                    switch (fault.get()) {
                        case BLANK -> Rule.CLIENT_NAME_REQUIRED;
                        case TOO_LONG -> Rule.CLIENT_NAME_TOO_LONG;
                        case CHARACTERS -> Rule.CLIENT_NAME_CHARACTERS;
                    });
        } else {
            NameText.nationalService(name)
                    .ifPresent(service -> found.add("client_name", Rule.CLIENT_NAME_IMPERSONATES, service));
            if (NameText.emoji(name)) {
                found.add("client_name", Rule.CLIENT_NAME_EMOJI);
            }
        }
    }

    private void checkApplicationType() {
        var type = candidate.applicationType();
        if (type != null && !type.equals(applicationType.code())) {
            found.add("application_type", Rule.APPLICATION_TYPE_MISMATCH, type, applicationType.code());
        }
    }

    private void checkRedirectUris() {
        var uris = candidate.redirectUris();
        if (uris == null || uris.isEmpty()) {
            found.add("redirect_uris", Rule.REDIRECT_URI_REQUIRED);
            return;
        }
        if (uris.size() > ClientMember.REDIRECT_URIS.size().most()) {
            found.add("redirect_uris", Rule.REDIRECT_URI_TOO_MANY, Integer.toString(uris.size()));
            return;
        }
        var clean = new HashSet<String>();
        var seen = new HashSet<String>();
        for (int i = 0; i < uris.size(); i++) {
            var path = "redirect_uris/" + i;
            var uri = uris.get(i);
            var violations = RedirectUriRules.check(path, uri, applicationType == ApplicationType.NATIVE);
            found.addAll(violations);
            if (!seen.add(uri)) {
                found.add(path, Rule.REDIRECT_URI_DUPLICATE);
            } else if (seen.contains(withOtherEnding(uri))) {
                found.add(path, Rule.REDIRECT_URI_TRAILING_SLASH);
            }
            if (!violations.block()) {
                clean.add(uri);
            }
        }
        if (applicationType == ApplicationType.NATIVE
                && clean.stream().map(RedirectUriRules::onDevice).distinct().count() > 1) {
            found.add("redirect_uris", Rule.REDIRECT_URI_MIXED_TYPES);
        }
    }

    private static String withOtherEnding(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri + "/";
    }

    private void checkAuthMethod() {
        var method = candidate.tokenEndpointAuthMethod();
        var supported = environment.metadata().tokenEndpointAuthMethodsSupported();
        if (method == null) {
            found.add("token_endpoint_auth_method", Rule.AUTH_METHOD_REQUIRED);
        } else if (!supported.contains(method)
                || TokenEndpointAuthMethod.ofCode(method).isEmpty()) {
            found.add("token_endpoint_auth_method", Rule.AUTH_METHOD_UNSUPPORTED, method, String.join(", ", supported));
        }
    }

    private void checkSigningAlg() {
        var alg = candidate.tokenEndpointAuthSigningAlg();
        if (alg == null) {
            return;
        }
        var supported = environment.metadata().tokenEndpointAuthSigningAlgValuesSupported();
        if (!supported.contains(alg)) {
            found.add(
                    "token_endpoint_auth_signing_alg", Rule.SIGNING_ALG_UNSUPPORTED, alg, String.join(", ", supported));
        }
        TokenEndpointAuthMethod.ofCode(candidate.tokenEndpointAuthMethod())
                .filter(method -> !fits(alg, method))
                .ifPresent(method -> {
                    var fitting = signingAlgs(environment, method);
                    found.add(
                            "token_endpoint_auth_signing_alg",
                            Rule.SIGNING_ALG_DOES_NOT_FIT,
                            alg,
                            method.code(),
                            fitting.isEmpty() ? "leave-out" : "use",
                            String.join(", ", fitting));
                });
    }

    /** The supported algorithms that a client can sign its assertions with; none for a method without assertions. */
    public static List<String> signingAlgs(Environment environment, TokenEndpointAuthMethod method) {
        return environment.metadata().tokenEndpointAuthSigningAlgValuesSupported().stream()
                .filter(alg -> fits(alg, method))
                .toList();
    }

    private static boolean fits(String alg, TokenEndpointAuthMethod method) {
        return switch (method) {
            case PRIVATE_KEY_JWT -> asymmetric(alg);
            case CLIENT_SECRET_JWT -> alg.equals(FITS_CLIENT_SECRET);
            case CLIENT_SECRET_POST, CLIENT_SECRET_BASIC -> false;
        };
    }

    /** Whether a JWS algorithm uses a key pair; RFC 7518 section 3.1. */
    public static boolean asymmetric(String alg) {
        return !alg.startsWith("HS") && !alg.equals("none");
    }

    private void checkJwksUri() {
        var uri = candidate.jwksUri();
        var method = TokenEndpointAuthMethod.ofCode(candidate.tokenEndpointAuthMethod());
        if (uri == null || uri.isEmpty() && method.filter(m -> !m.usesSecret()).isPresent()) {
            method.filter(m -> !m.usesSecret()).ifPresent(m -> found.add("jwks_uri", Rule.JWKS_URI_REQUIRED));
            return;
        }
        if (environment.keySets().covers(uri)) {
            checkHostedKeySet(uri);
        } else {
            found.addAll(EndpointUriRules.checkJwksUri("jwks_uri", uri));
        }
        method.filter(TokenEndpointAuthMethod::usesSecret)
                .ifPresent(m -> found.add("jwks_uri", Rule.JWKS_URI_NOT_USED, m.code()));
    }

    /** Whether it is there is for the live check to say. */
    private void checkHostedKeySet(String uri) {
        if (environment.kind() == EnvironmentKind.PRODUCTION) {
            found.add("jwks_uri", Rule.JWKS_URI_FOR_DEVELOPMENT);
        } else if (environment.keySets().id(uri).isEmpty()) {
            found.add("jwks_uri", Rule.JWKS_URI_HOSTED_UNKNOWN);
        }
    }

    private void checkUserinfoAlg() {
        var alg = candidate.userinfoSignedResponseAlg();
        var supported = environment.metadata().userinfoSigningAlgValuesSupported().stream()
                .filter(RegistrationRules::asymmetric)
                .toList();
        if (alg != null && !supported.contains(alg)) {
            found.add(
                    "userinfo_signed_response_alg",
                    Rule.USERINFO_ALG_UNSUPPORTED,
                    alg,
                    supported.isEmpty() ? "none" : String.join(", ", supported));
        }
    }

    private void checkBackchannelLogout() {
        var uri = candidate.backchannelLogoutUri();
        if (uri != null) {
            found.addAll(EndpointUriRules.checkBackchannelLogoutUri("backchannel_logout_uri", uri));
        } else if (Boolean.TRUE.equals(candidate.backchannelLogoutSessionRequired())) {
            found.add("backchannel_logout_session_required", Rule.LOGOUT_SESSION_NOT_USED);
        }
    }
}

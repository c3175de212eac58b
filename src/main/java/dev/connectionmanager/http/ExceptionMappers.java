package dev.connectionmanager.http;

import static dev.connectionmanager.http.ErrorAnswers.answer;
import static dev.connectionmanager.http.ErrorAnswers.document;
import static dev.connectionmanager.http.ErrorAnswers.now;
import static dev.connectionmanager.http.ErrorAnswers.page;

import com.google.common.base.Throwables;
import dev.connectionmanager.audit.CorrelationId;
import dev.connectionmanager.credential.CredentialRefused;
import dev.connectionmanager.mock.provider.SpareKeys;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import dev.connectionmanager.registration.token.TokenRefused;
import dev.connectionmanager.team.CurrentActor;
import dev.connectionmanager.team.RefusedRights;
import dev.connectionmanager.web.layout.ErrorPages;
import dev.connectionmanager.wording.Problem;
import io.quarkus.oidc.runtime.OidcUtils;
import io.quarkus.security.AuthenticationCompletionException;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URLDecoder;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hibernate.StaleObjectStateException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.common.util.URLUtils;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what went wrong into an answer of the edge that was asked: a problem document or a page, never a stack trace. */
class ExceptionMappers {
    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    private static final Set<String> DECODERS = Set.of(URLDecoder.class.getName(), URLUtils.class.getName());

    private final CorrelationId requestId;
    private final CurrentActor actor;
    private final RefusedRights refusedRights;
    private final RateLimits limits;
    private final RefusedFormPages refusedForms;
    private final Routes routes;

    ExceptionMappers(
            CorrelationId requestId,
            CurrentActor actor,
            RefusedRights refusedRights,
            RateLimits limits,
            RefusedFormPages refusedForms,
            Routes routes) {
        this.requestId = requestId;
        this.actor = actor;
        this.refusedRights = refusedRights;
        this.limits = limits;
        this.refusedForms = refusedForms;
        this.routes = routes;
    }

    @ServerExceptionMapper
    Uni<Response> refusal(Refusal refusal, RoutingContext request) {
        return audited(refusal, request)
                .chain(() -> answer(
                        request,
                        Problem.of(refusal, requestId.value()),
                        answer -> withHeaders(answer, refusal),
                        () -> refusedForms
                                .answer(refusal)
                                .orElseGet(() -> ErrorPages.of(refusedForms.instead(refusal)))));
    }

    /** In the trail. Only acts refuse rights, and they have asked who acts. */
    private Uni<Void> audited(Refusal refusal, RoutingContext request) {
        var known = actor.known();
        if (known.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        var method = request.request().method().name();
        return Uni.createFrom()
                .voidItem()
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .invoke(() -> refusedRights.tell(known.get(), refusal, method, request.normalizedPath()));
    }

    private static Response.ResponseBuilder withHeaders(Response.ResponseBuilder answer, Refusal refusal) {
        refusal.retryAfter().ifPresent(seconds -> answer.header(HttpHeaders.RETRY_AFTER, seconds));
        return switch (refusal.reason()) {
            case SCOPE_READ, SCOPE_AUDIT_READ ->
                answer.header(
                        HttpHeaders.WWW_AUTHENTICATE,
                        Challenges.insufficientScope(
                                refusal.arguments().stream().findFirst()));
            default -> answer;
        };
    }

    /** What the framework refuses: an unknown path, method or media type, a body that is too large. */
    @ServerExceptionMapper
    Uni<Response> framework(WebApplicationException e, RoutingContext request) {
        var status = e.getResponse().getStatus();
        if (status < 400) {
            return Uni.createFrom().item(e.getResponse());
        }
        if (status >= 500) {
            return failure(e, request);
        }
        var methods = status == 404 || status == 405 ? routes.methods(request.normalizedPath()) : Set.<String>of();
        // Only of programs' edges: that nothing of local mode is there elsewhere is a 404, whatever the method.
        if (status == 404
                && (Edge.of(request).exchangesDocuments()
                        || Edge.isOfMock(request.normalizedPath())
                        || Edge.isOfConnect(request.normalizedPath()))
                && !methods.isEmpty()
                && !methods.contains(request.request().method().name())) {
            status = 405;
        }
        var refused = status;
        return answer(
                request,
                Problem.of(refused, reason(refused), requestId.value()),
                answer -> refused == 405 ? answer.header(HttpHeaders.ALLOW, String.join(", ", methods)) : answer,
                ErrorAnswers.pageOf(refused));
    }

    /** A form whose percent-encoding is broken: the framework tells of it by no exception of its own. */
    @ServerExceptionMapper
    Uni<Response> illegalArgument(IllegalArgumentException e, RoutingContext request) {
        var thrown = e.getStackTrace();
        return thrown.length > 0 && DECODERS.contains(thrown[0].getClassName())
                ? framework(new BadRequestException(e), request)
                : failure(e, request);
    }

    @ServerExceptionMapper
    Uni<Response> unauthorized(UnauthorizedException e, RoutingContext request) {
        return Edge.of(request) == Edge.PAGE && sendsAForm(request)
                ? page(ErrorPages::ofFormWithoutSession)
                : challenge(request);
    }

    private static boolean sendsAForm(RoutingContext request) {
        return HttpMethod.POST.equals(request.request().method());
    }

    /**
     * A wrong bearer token; on a page, a session that is over or a log-in that the OpenID Provider did not confirm.
     */
    @ServerExceptionMapper
    Uni<Response> authenticationFailed(AuthenticationFailedException e, RoutingContext request) {
        if (Edge.of(request) != Edge.PAGE) {
            try {
                limits.takeForDisbelieved(request);
            } catch (Refusal.TooMany tooMany) {
                return refusal(tooMany, request);
            }
            return e.getCause() instanceof CredentialRefused refused
                    ? challenge(request, refused.reason())
                    : challenge(request);
        }
        if (Throwables.getCausalChain(e).stream().anyMatch(SQLException.class::isInstance)) {
            // Whether the session holds is not known: it is not to be lost over a database that is away for a moment.
            return failure(e, request);
        }
        var over = request.request().cookies().stream()
                .filter(cookie -> cookie.getName().startsWith(OidcUtils.SESSION_COOKIE_NAME))
                .toList();
        if (over.isEmpty()) {
            return logInFailed();
        }
        forget(over);
        return sendsAForm(request) ? page(ErrorPages::ofFormWithoutSession) : now(samePage(request.request()));
    }

    /** RFC 6750 section 3.1; one that brings no token has been counted as anybody. */
    @ServerExceptionMapper
    Uni<Response> tokenRefused(TokenRefused e, RoutingContext request) {
        var sent = Challenges.sendsAToken(request);
        try {
            if (sent) {
                limits.takeForDisbelieved(request);
            }
        } catch (Refusal.TooMany tooMany) {
            return refusal(tooMany, request);
        }
        return now(document(request, Problem.of(401, e.reason(), requestId.value()))
                .header(HttpHeaders.WWW_AUTHENTICATE, Challenges.bearer(sent)));
    }

    /** A code that was used already, or an error that the OpenID Provider sent people back with. */
    @ServerExceptionMapper
    Uni<Response> logInNotCompleted(AuthenticationCompletionException e, RoutingContext request) {
        return Edge.of(request) == Edge.PAGE ? logInFailed() : challenge(request);
    }

    private static Uni<Response> logInFailed() {
        return page(() -> ErrorPages.answer(
                401,
                "Logging in did not work",
                "The log-in took too long or was refused. Choose ‘Log in’ to begin again.",
                ""));
    }

    /** Without its session cookies the same page can be asked for again. */
    private static Response.ResponseBuilder samePage(HttpServerRequest request) {
        return Response.status(Response.Status.SEE_OTHER)
                .header(HttpHeaders.LOCATION, request.path() + (request.query() == null ? "" : "?" + request.query()));
    }

    private static void forget(List<Cookie> cookies) {
        cookies.forEach(cookie -> cookie.setValue("").setPath("/").setMaxAge(0).setHttpOnly(true));
    }

    @ServerExceptionMapper
    Uni<Response> forbidden(ForbiddenException e, RoutingContext request) {
        return answer(
                request,
                Problem.of(403, Reason.FORBIDDEN, requestId.value()),
                UnaryOperator.identity(),
                ErrorAnswers.pageOf(403));
    }

    @ServerExceptionMapper
    Uni<Response> keyNotReady(SpareKeys.NoneReady e, RoutingContext request) {
        return answer(
                request,
                Problem.of(503, Reason.KEYS_NOT_READY, requestId.value()),
                answer -> answer.header(HttpHeaders.RETRY_AFTER, 1),
                ErrorAnswers.pageOf(503));
    }

    @ServerExceptionMapper
    Uni<Response> stale(StaleObjectStateException e, RoutingContext request) {
        return refusal(new Refusal.Stale(), request);
    }

    @ServerExceptionMapper
    Uni<Response> failure(Throwable e, RoutingContext request) {
        var reference = requestId.value();
        if (clientHasLeft(e, request)) {
            LOG.infof("Request %s was given up: the client left before its answer was there", reference);
        } else {
            LOG.errorf(e, "Request %s failed", reference);
        }
        return answer(
                request,
                Problem.of(500, Reason.INTERNAL_ERROR, reference),
                UnaryOperator.identity(),
                () -> ErrorPages.ofFailure(reference));
    }

    private static boolean clientHasLeft(Throwable e, RoutingContext request) {
        return request.response().closed()
                && Throwables.getCausalChain(e).stream()
                        .anyMatch(why -> why instanceof IOException || why instanceof HttpClosedException);
    }

    private Uni<Response> challenge(RoutingContext request) {
        return challenge(request, Edge.of(request) == Edge.TOOL ? Reason.TOOL_LOG_IN_NEEDED : Reason.LOG_IN_NEEDED);
    }

    private Uni<Response> challenge(RoutingContext request, Reason why) {
        return Challenges.of(
                request,
                () -> Edge.of(request) == Edge.PAGE
                        ? Response.ok()
                        : document(request, Problem.of(401, why, requestId.value())));
    }

    private static Reason reason(int status) {
        return switch (status) {
            case 404 -> Reason.NOT_FOUND;
            case 405 -> Reason.METHOD_NOT_ALLOWED;
            case 406 -> Reason.NOT_ACCEPTABLE;
            case 413 -> Reason.CONTENT_TOO_LARGE;
            case 415 -> Reason.UNSUPPORTED_MEDIA_TYPE;
            default -> Reason.BAD_REQUEST;
        };
    }
}

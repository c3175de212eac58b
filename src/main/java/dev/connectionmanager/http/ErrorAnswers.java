package dev.connectionmanager.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.connectionmanager.web.layout.ErrorPages;
import dev.connectionmanager.web.mock.MockErrorPage;
import dev.connectionmanager.wording.Problem;
import dev.connectionmanager.wording.RegistrationError;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What went wrong, in the form of the edge that was asked: a problem document, a page, or what a protocol has for it. */
final class ErrorAnswers {
    /** Of the mock, what programs alone ask for: some of their libraries say that they would like a page. */
    private static final Pattern FOR_PROGRAMS =
            Pattern.compile("/mock(/t/[^/]*)?/(access_token|userinfo|connect/jwk_uri|\\.well-known/.*|register.*)");

    /** Programs of the existing tool's format print what was refused: a person reads it. */
    private static final JsonMapper LINE_BY_LINE = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private ErrorAnswers() {}

    /** Whether a browser asks the mock, whose pages say in its own words what is wrong; browsers name pages before all else. */
    static boolean isForMockPage(HttpServerRequest request) {
        var path = request.path();
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return accept != null
                && accept.strip().startsWith(MediaType.TEXT_HTML)
                && path != null
                && Edge.isOfMock(path)
                && !Edge.of(path).exchangesDocuments()
                && !FOR_PROGRAMS.matcher(path).matches();
    }

    /**
     * In the form of the edge that was asked.
     *
     * @param headers what the answer says beside its document or page
     * @param page of the edge of pages
     */
    static Uni<Response> answer(
            RoutingContext request,
            Problem problem,
            UnaryOperator<Response.ResponseBuilder> headers,
            Supplier<Response> page) {
        if (isForMockPage(request.request())) {
            return page(() -> headers.apply(mockPage(problem)).build());
        }
        return Edge.of(request) == Edge.PAGE
                ? page(() -> headers.apply(Response.fromResponse(page.get())).build())
                : now(headers.apply(document(request, problem)));
    }

    private static Response.ResponseBuilder mockPage(Problem problem) {
        return Response.status(problem.status())
                .type(MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .entity(MockErrorPage.of(problem.status(), problem.detail()));
    }

    static Response.ResponseBuilder document(RoutingContext request, Problem problem) {
        if (Edge.isOfConnect(request.normalizedPath())) {
            var deleting = HttpMethod.DELETE.equals(request.request().method());
            return Response.status(RegistrationError.status(problem, deleting))
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .header(HttpHeaders.CACHE_CONTROL, "no-store")
                    .header("Pragma", "no-cache")
                    .entity(RegistrationError.of(problem, deleting));
        }
        var answer = Response.status(problem.status());
        var edge = Edge.of(request);
        if (edge.exchangesDocuments()) {
            return answer.type("application/problem+json")
                    .entity(
                            edge == Edge.TOOL
                                    ? LINE_BY_LINE.valueToTree(problem).toPrettyString()
                                    : problem);
        }
        return answer.type(MediaType.APPLICATION_JSON_TYPE)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(ProtocolError.of(problem.status(), problem.detail()));
    }

    /** Rendering asks who looks at the page, which may take a log-in to be read: not for the event loop. */
    static Uni<Response> page(Supplier<Response> page) {
        return Uni.createFrom().item(page).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    static Uni<Response> now(Response.ResponseBuilder answer) {
        return Uni.createFrom().item(answer.build());
    }

    /** A page for an HTTP status that nothing more is known of. */
    static Supplier<Response> pageOf(int status) {
        return () -> ErrorPages.of(status);
    }
}

package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.web.mock.MockErrorPage;
import dev.connectionmanager.wording.Problem;
import dev.connectionmanager.wording.RuleSentences;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;
import java.util.regex.Pattern;

/** Refuses in the form of the edge, before any other layer has a say. */
final class EarlyAnswer {
    /** What the server calls the address of a request whose first line it could not read. */
    private static final String UNREAD = "/bad-request";

    private static final Pattern ODD_API = Pattern.compile("/+api(?![A-Za-z0-9_-])");

    private EarlyAnswer() {}

    static Channel channel(RoutingContext request) {
        return ((ConnectionBase) request.request().connection()).channel();
    }

    static Future<Void> refuse(RoutingContext request, int status, Reason reason) {
        return refuse(request.request(), RequestNames.of(request), status, reason);
    }

    /** For browsers that ask this host for what another one has. */
    static void refusePlainly(RoutingContext request, int status, Reason reason) {
        plainly(request.request().response().setStatusCode(status), reason);
    }

    private static Future<Void> plainly(HttpServerResponse answer, Reason reason) {
        return answer.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=utf-8")
                .end(RuleSentences.of(reason) + "\n");
    }

    private static Future<Void> refuse(HttpServerRequest request, UUID id, int status, Reason reason) {
        var answer = request.response().setStatusCode(status);
        if (ErrorAnswers.isForMockPage(request)) {
            return answer.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(MockErrorPage.of(status, RuleSentences.of(reason)));
        }
        return switch (edge(request.path())) {
            case API, TOOL ->
                answer.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                        .end(problem(status, reason, id));
            case PROTOCOL ->
                answer.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Json.encode(ProtocolError.of(status, RuleSentences.of(reason))));
            case PAGE -> plainly(answer, reason);
        };
    }

    /** By what the sender means, however oddly it is spelled; of an address that could not be read, what programs can read. */
    private static Edge edge(String path) {
        if (path == null) {
            return Edge.PAGE;
        }
        return path.equals(UNREAD) || ODD_API.matcher(path).lookingAt() ? Edge.API : Edge.of(path);
    }

    /**
     * For what could not be read as a request: its address or headers are too long, or it is not HTTP. Nothing else sees it, and
     * its connection ends.
     */
    static void unreadable(HttpServerRequest request) {
        var why = request.decoderResult().cause();
        var id = UUID.randomUUID();
        var headers = request.response().headers();
        DateHeader.tell(headers);
        RequestNames.tell(id, headers);
        headers.set("X-Content-Type-Options", "nosniff").set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        Future<Void> sent;
        if (why instanceof TooLongHttpLineException) {
            sent = refuse(request, id, 414, Reason.ADDRESS_TOO_LONG);
        } else if (why instanceof TooLongHttpHeaderException) {
            sent = refuse(request, id, 431, Reason.HEADERS_TOO_LARGE);
        } else if (why == AddressSyntax.MALFORMED) {
            sent = refuse(request, id, 400, Reason.ADDRESS_MALFORMED);
        } else {
            sent = refuse(request, id, 400, Reason.BAD_REQUEST);
        }
        sent.onComplete(done -> request.connection().close());
    }

    /** As {@link #refuse}, with the connection's last answer. The caller closes it, at once or when the client has heard. */
    static Future<Void> refuseLast(RoutingContext request, int status, Reason reason) {
        // Before the answer: with its end comes what was sent behind the request, whatever that looks like.
        var connection = (HttpServerConnection) request.request().connection();
        connection.handler(EarlyAnswer::ignore).invalidRequestHandler(EarlyAnswer::ignore);
        request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        return refuse(request, status, reason);
    }

    /** Its answer goes nowhere, but those who count requests want to hear that it has ended. */
    private static void ignore(HttpServerRequest behind) {
        behind.connection()
                .close()
                .onComplete(closed -> behind.response().setStatusCode(400).end());
    }

    static void refuseAndClose(RoutingContext request, int status, Reason reason) {
        refuseLast(request, status, reason)
                .onComplete(sent -> request.request().connection().close());
    }

    private static String problem(int status, Reason reason, UUID id) {
        var problem = Problem.of(status, reason, id);
        return new JsonObject()
                .put("type", problem.type())
                .put("title", problem.title())
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail())
                .put("instance", problem.instance())
                .encode();
    }
}

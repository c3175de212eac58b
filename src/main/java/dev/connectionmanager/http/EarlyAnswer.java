package dev.connectionmanager.http;

import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.wording.Problem;
import dev.connectionmanager.wording.RuleSentences;
import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.UUID;

/** Refuses in the form of the edge, before any other layer has a say. */
final class EarlyAnswer {
    private EarlyAnswer() {}

    static Channel channel(RoutingContext request) {
        return ((ConnectionBase) request.request().connection()).channel();
    }

    static Future<Void> refuse(RoutingContext request, int status, Reason reason) {
        var path = request.request().path();
        var answer = request.response().setStatusCode(status);
        return switch (path == null ? Edge.PAGE : Edge.of(path)) {
            case API ->
                answer.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                        .end(problem(status, reason));
            case PROTOCOL ->
                answer.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(Json.encode(ProtocolError.of(status, RuleSentences.of(reason))));
            case PAGE ->
                answer.putHeader(HttpHeaders.CONTENT_TYPE, "text/plain;charset=utf-8")
                        .end(RuleSentences.of(reason) + "\n");
        };
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

    private static String problem(int status, Reason reason) {
        var problem = Problem.of(status, reason, UUID.randomUUID());
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

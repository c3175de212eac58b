package dev.connectionmanager.outbound;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/** While it is open, TLS servers of this JVM that are made staple what this responder answers. */
public final class Stapling implements AutoCloseable {
    private final HttpServer responder;
    private final Map<String, String> settings;

    public Stapling(byte[] response) throws IOException {
        responder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        responder.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
            exchange.close();
        });
        responder.start();
        settings = Map.of(
                "jdk.tls.server.enableStatusRequestExtension",
                "true",
                "jdk.tls.stapling.responderOverride",
                "true",
                "jdk.tls.stapling.responderURI",
                "http://127.0.0.1:" + responder.getAddress().getPort());
        settings.forEach(System::setProperty);
    }

    @Override
    public void close() {
        settings.keySet().forEach(System::clearProperty);
        responder.stop(0);
    }
}

package dev.connectionmanager.outbound;

import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The way to programs on the same computer, for a developer who tries something out there. It stands beside {@link Guard}, and is
 * made in local mode only: anywhere else there is no such bean, whatever is set or registered. It goes to loopback addresses and
 * nowhere else, follows no redirect and waits for five seconds.
 */
@Singleton
@LookupIfProperty(name = "connection-manager.local", stringValue = "true")
public class LoopbackCalls {
    private static final int LARGEST_BODY = 64 * 1024;

    private final Duration patience;
    private final HttpClient client;

    @Inject
    LoopbackCalls() {
        this(Duration.ofSeconds(5));
    }

    LoopbackCalls(Duration patience) {
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(ProxySelector.of(null))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /** What was answered; of a longer body only its beginning. */
    public record Answer(int status, String mediaType, byte[] body) {}

    /**
     * @throws IOException where nothing answers, or in no time
     * @throws IllegalArgumentException for an address that is not on this computer
     */
    public Answer get(URI uri) throws IOException {
        return send(request(uri).GET().build());
    }

    /**
     * @param form as {@code application/x-www-form-urlencoded}
     * @throws IOException where nothing answers, or in no time
     * @throws IllegalArgumentException for an address that is not on this computer
     */
    public Answer post(URI uri, String form) throws IOException {
        return send(request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    private HttpRequest.Builder request(URI uri) throws UnknownHostException {
        if (uri.getHost() == null || uri.getUserInfo() != null || !isLoopback(uri.getHost())) {
            throw new IllegalArgumentException("Not on this computer: " + uri);
        }
        return HttpRequest.newBuilder(uri).timeout(patience);
    }

    private static boolean isLoopback(String host) throws UnknownHostException {
        for (var address : InetAddress.getAllByName(host)) {
            if (!address.isLoopbackAddress()) {
                return false;
            }
        }
        return true;
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            var answer = client.send(request, BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                // The timeout of the request ends with the headers: a body that never ends is closed under its reader.
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> Deadline.closeQuietly(body));
                return new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Content-Type").orElse(""),
                        body.readNBytes(LARGEST_BODY));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        }
    }
}

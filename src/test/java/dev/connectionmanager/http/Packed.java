package dev.connectionmanager.http;

import dev.connectionmanager.testing.Persons;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** An answer as it came over the wire, to whoever takes what is compressed by gzip as all browsers do. */
public record Packed(HttpResponse<byte[]> answer) {
    public static Packed get(HttpClient client, String path) {
        return send(client, HttpRequest.newBuilder(URI.create(Persons.address() + path)));
    }

    static Packed send(HttpClient client, HttpRequest.Builder request) {
        try {
            return new Packed(
                    client.send(request.header("Accept-Encoding", "gzip").build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String header(String name) {
        return String.join(", ", answer.headers().allValues(name));
    }

    public boolean packed() {
        return header("Content-Encoding").equals("gzip");
    }

    /** Bytes of the body as it was sent. */
    public int size() {
        return answer.body().length;
    }

    public String text() {
        if (!packed()) {
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

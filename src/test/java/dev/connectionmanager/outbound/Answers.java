package dev.connectionmanager.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** How servers of the laboratory answer. */
public final class Answers {
    private Answers() {}

    /** Reads a request as far as its empty line. */
    public static List<String> request(Socket connection) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        var lines = new ArrayList<String>();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** Reads a request to the end of its body; {@code null} where none comes. */
    static String form(Socket connection) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
        var length = -1;
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            if (line.startsWith("Content-Length: ")) {
                length = Integer.parseInt(line.substring("Content-Length: ".length()));
            }
        }
        if (length < 0) {
            return null;
        }
        var body = new char[length];
        var read = 0;
        while (read < length) {
            read += reader.read(body, read, length - read);
        }
        return new String(body);
    }

    /** A response as it goes over the wire. */
    public static Laboratory.Behaviour wire(String response) {
        return wire(response, request -> {});
    }

    static Laboratory.Behaviour wire(String response, Consumer<List<String>> seen) {
        return connection -> {
            seen.accept(request(connection));
            send(connection, response);
        };
    }

    /** A status line such as {@code 200 OK}, headers, and a body with its length. */
    public static Laboratory.Behaviour of(String status, String headers, String body) {
        return wire(text(status, headers, body));
    }

    public static String text(String status, String headers, String body) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** Begins with one text and repeats another without end, pausing between. */
    public static Laboratory.Behaviour endless(String first, String again, long pauseMillis) {
        return connection -> {
            request(connection);
            send(connection, first);
            while (true) {
                send(connection, again);
                Thread.sleep(pauseMillis);
            }
        };
    }

    /** Says nothing until the other side has gone. */
    public static Laboratory.Behaviour silent() {
        return connection -> connection.getInputStream().readAllBytes();
    }

    /** Reads a request, begins with this text and says no more until the other side has gone. */
    static Laboratory.Behaviour silentAfter(String first) {
        return connection -> {
            request(connection);
            send(connection, first);
            silent().serve(connection);
        };
    }

    static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(ISO_8859_1));
        connection.getOutputStream().flush();
    }
}

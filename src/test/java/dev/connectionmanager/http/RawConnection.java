package dev.connectionmanager.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connectionmanager.testing.Patience;
import dev.connectionmanager.testing.Persons;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that sends what no library sends. */
final class RawConnection implements AutoCloseable {
    private final Socket socket;

    private RawConnection(Socket socket) {
        this.socket = socket;
    }

    static RawConnection open() throws IOException {
        var portal = URI.create(Persons.address());
        var socket = new Socket(portal.getHost(), portal.getPort());
        socket.setSoTimeout((int) Patience.LONG.toMillis());
        return new RawConnection(socket);
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    /** Waits until the portal asks for the body of a request that said {@code Expect: 100-continue}. */
    RawConnection untilContinue() throws IOException {
        var expected = "HTTP/1.1 100 Continue\r\n\r\n";
        var said = new String(socket.getInputStream().readNBytes(expected.length()), StandardCharsets.ISO_8859_1);
        assertThat(said).isEqualTo(expected);
        return this;
    }

    /** Sends, and leaves without a good-bye. */
    void reset(String text) throws IOException {
        send(text);
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** All that comes until the portal closes the connection; a test that waits for that in vain fails. */
    String answer() throws IOException {
        var answer = new StringBuilder();
        try {
            int next;
            while ((next = socket.getInputStream().read()) >= 0) {
                answer.append((char) next);
            }
        } catch (SocketException e) {
            // Closed while something was on its way to it: what had come before has been read.
        }
        return answer.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

package dev.connectionmanager.outbound;

import dev.connectionmanager.outbound.CallResult.Answered;
import dev.connectionmanager.outbound.CallResult.ResponseEncoded;
import dev.connectionmanager.outbound.CallResult.ResponseMalformed;
import dev.connectionmanager.outbound.CallResult.ResponseTooLarge;
import dev.connectionmanager.outbound.CallResult.ResponseTooSlow;
import dev.connectionmanager.outbound.CallResult.Stopped;
import dev.connectionmanager.outbound.CallResult.TlsFailed;
import dev.connectionmanager.outbound.HttpExchange.OtherEncoding;
import dev.connectionmanager.outbound.HttpExchange.TooLarge;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.HttpException;

/** TLS, and then HTTP if that is wanted, over one connected socket. */
final class TlsExchange {
    /** What RFC 9325 section 4.2 wants; a server that has weaker suites as well picks among these. */
    static final List<String> STRONG = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
    /** Whatever the JDK has turned on. */
    static final List<String> ANY = List.of();

    private final OutboundRequest call;
    private final HttpExchange http;
    private final Deadline deadline;
    private final Duration resolving;
    private final Duration connecting;
    private final Duration objection;
    private final ChainRecorder presented = new ChainRecorder();

    /** @param objection so long is waited for a server to insist on the client certificate that it asked for */
    TlsExchange(
            OutboundRequest call,
            HttpExchange http,
            Deadline deadline,
            Duration resolving,
            Duration connecting,
            Duration objection) {
        this.objection = objection;
        this.call = call;
        this.http = http;
        this.deadline = deadline;
        this.resolving = resolving;
        this.connecting = connecting;
    }

    /**
     * @param raw connected to {@code address}; closed afterwards
     * @param suites to offer: {@link #STRONG} or {@link #ANY}
     */
    CallResult hold(Socket raw, InetAddress address, List<String> suites, Predicate<Handshake> goOn) {
        long started = System.nanoTime();
        deadline.watch(raw);
        try (SSLSocket socket =
                (SSLSocket) presented.context().getSocketFactory().createSocket(raw, call.host(), call.port(), true)) {
            socket.setSSLParameters(parameters(socket, suites));
            try {
                socket.startHandshake();
            } catch (IOException e) {
                return new TlsFailed(failed(address, e, Deadline.since(started)));
            }
            Handshake seen = completed(address, (ExtendedSSLSession) socket.getSession(), Deadline.since(started));
            if (presented.clientCertificateAsked()) {
                awaitObjection(socket);
            }
            return goOn.test(seen) ? exchange(raw, socket, seen) : new Stopped(seen);
        } catch (IOException e) {
            return new TlsFailed(failed(address, e, Deadline.since(started)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            Deadline.closeQuietly(raw);
        }
    }

    /** Whether it ended so early that another offer could tell more. */
    boolean leavesOpen(CallResult outcome) {
        return outcome instanceof TlsFailed && presented.chain().isEmpty() && !deadline.struck();
    }

    /** No endpoint identification: names are judged afterwards, with everything else, so that all is told at once. */
    private SSLParameters parameters(SSLSocket socket, List<String> suites) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        if (!suites.isEmpty()) {
            parameters.setCipherSuites(suites.toArray(String[]::new));
        }
        parameters.setServerNames(List.of(call.serverName()));
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        return parameters;
    }

    private CallResult exchange(Socket raw, SSLSocket socket, Handshake seen) {
        try {
            return new Answered(seen, http.run(call, socket.getInputStream(), socket.getOutputStream()));
        } catch (TooLarge e) {
            // Closing TLS in order would first read whatever the flood has left.
            Deadline.closeQuietly(raw);
            return new ResponseTooLarge(seen, e.part, e.limit);
        } catch (OtherEncoding e) {
            return new ResponseEncoded(seen, e.encoding);
        } catch (IOException | HttpException e) {
            if (presented.clientCertificateAsked() && isAlert(e)) {
                return new TlsFailed(refused(seen, e));
            }
            return deadline.struck()
                    ? new ResponseTooSlow(seen, deadline.limit())
                    : new ResponseMalformed(seen, String.valueOf(e.getMessage()));
        }
    }

    /**
     * In TLS 1.3 the handshake is over for us before a server that insists on a client certificate says so (RFC 8446 section
     * 4.4.2.4). One that only asks says nothing.
     *
     * @throws SSLException when it insists
     */
    private void awaitObjection(SSLSocket socket) throws IOException {
        socket.setSoTimeout((int) objection.toMillis());
        try {
            if (socket.getInputStream().read() < 0) {
                throw new SSLException("closed after the handshake, without a client certificate");
            }
        } catch (SocketTimeoutException satisfied) {
            socket.setSoTimeout(0);
        }
    }

    private static boolean isAlert(Exception failure) {
        return failure instanceof SSLException
                && String.valueOf(failure.getMessage()).contains("fatal alert");
    }

    private Handshake refused(Handshake seen, Exception alert) {
        return handshake(seen.address(), null, null, List.of(), String.valueOf(alert.getMessage()), seen.handshaking());
    }

    private Handshake completed(InetAddress address, ExtendedSSLSession session, Duration handshaking) {
        return handshake(
                address,
                session.getProtocol(),
                session.getCipherSuite(),
                session.getStatusResponses(),
                null,
                handshaking);
    }

    private Handshake failed(InetAddress address, IOException failure, Duration handshaking) {
        String why = deadline.struck()
                ? "not finished within " + deadline.limit().toSeconds() + " seconds"
                : String.valueOf(failure.getMessage());
        return handshake(address, null, null, List.of(), why, handshaking);
    }

    private Handshake handshake(
            InetAddress address,
            String protocol,
            String cipherSuite,
            List<byte[]> staples,
            String failure,
            Duration handshaking) {
        return new Handshake(
                call.host(),
                address,
                call.port(),
                presented.chain(),
                protocol,
                cipherSuite,
                staples,
                presented.clientCertificateAsked(),
                failure,
                resolving,
                connecting,
                handshaking);
    }
}

package dev.connectionmanager.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.net.impl.VertxHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Ends one connection by the clock: when the headers of a request do not arrive, and when nothing is asked for any more; never
 * while an answer is made or sent. Stands before all other handlers, so that a TLS handshake counts as well. Everything is done
 * by the connection's event loop.
 */
final class ConnectionTimes extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ConnectionTimes.class);

    private final Duration arrival;
    private final Duration idle;
    private final PerAddressLimit waiting;

    private ChannelHandlerContext connection;
    private PerAddressLimit.Slot place;
    private ScheduledFuture<?> end;
    private int underWay;
    private boolean arriving;
    private boolean more;
    private boolean answersUnreadable;
    private long unsent;

    /**
     * @param arrival how long the headers of a request may take, of the first one from the connection's begin
     * @param idle how long a connection is kept that has had an answer and asks for nothing
     * @param waiting takes the connection until its first request is there; {@code null} for a proxy's, which are many
     */
    ConnectionTimes(Duration arrival, Duration idle, PerAddressLimit waiting) {
        this.arrival = arrival;
        this.idle = idle;
        this.waiting = waiting;
    }

    /** @return of this connection; {@code null} for one that was there before anybody looked */
    static ConnectionTimes of(Channel channel) {
        return channel.pipeline().get(ConnectionTimes.class);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        connection = context;
        if (waiting != null && context.channel().remoteAddress() instanceof InetSocketAddress address) {
            place = waiting.take(RateLimits.network(address.getAddress().getHostAddress()), () -> context.executor()
                    .execute(() -> close("it made room for others of its address")));
        }
        arriving = true;
        endAfter(arrival);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (!answersUnreadable) {
            answersUnreadable = answerUnreadable(context.pipeline());
        }
        if (underWay > 0) {
            more = true;
        } else if (!arriving) {
            arriving = true;
            endAfter(arrival);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        cancel();
        leave();
        context.fireChannelInactive();
    }

    /** The server's own answer to what it cannot read has no body. Behind TLS the connection is made after the handshake. */
    private static boolean answerUnreadable(ChannelPipeline handlers) {
        var server = handlers.get(VertxHandler.class);
        if (server != null && server.getConnection() instanceof HttpServerConnection requests) {
            requests.invalidRequestHandler(EarlyAnswer::unreadable);
            handlers.addBefore(handlers.context(server).name(), null, AddressSyntax.CHECK);
            return true;
        }
        return false;
    }

    /** A client that leaves is no fault of the portal, whatever was being sent to it: the server would tell of one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable why) {
        if (!(why instanceof IOException)) {
            context.fireExceptionCaught(why);
            return;
        }
        if (context.channel().isActive() && underWay > 0) {
            tellOfLeaving(context.channel().remoteAddress(), why);
        }
        context.close();
    }

    /** Of an answer that could not be written, whatever wrote it; other faults are told where the request is. */
    static void tellOfLeaving(Object address, Throwable why) {
        if (why instanceof IOException) {
            LOG.infof("The client at %s left before its answer was there: %s", address, why.getMessage());
        }
    }

    /** The headers of a request are there: from now on its body and its answer take the time that others give them. */
    void requestArrived() {
        leave();
        cancel();
        underWay++;
        arriving = false;
        more = false;
    }

    /** What arrives from now on belongs to the next request. */
    void bodyArrived() {
        more = false;
    }

    /** May be called by any thread, and after the next request of the same connection has arrived. */
    void answered() {
        if (connection == null) {
            return;
        }
        if (!connection.executor().inEventLoop()) {
            connection.executor().execute(this::answered);
            return;
        }
        underWay--;
        if (underWay == 0 && connection.channel().isActive()) {
            arriving = more;
            endAfter(arriving ? arrival : idle);
        }
    }

    private void endAfter(Duration time) {
        cancel();
        end = connection.executor().schedule(this::timeIsUp, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void timeIsUp() {
        var buffer = connection.channel().unsafe().outboundBuffer();
        long toSend = buffer == null ? 0 : buffer.totalPendingWriteBytes();
        if (toSend > 0 && toSend != unsent) {
            // A slow reader: the answer is still on its way.
            unsent = toSend;
            endAfter(idle);
        } else if (arriving) {
            close("no request arrived within " + arrival.toSeconds() + " seconds");
        } else {
            LOG.debugf(
                    "The connection of %s is closed: nothing was asked for",
                    connection.channel().remoteAddress());
            connection.close();
        }
    }

    private void close(String why) {
        if (connection.channel().isActive() && underWay == 0) {
            LOG.infof("A connection of %s is closed: %s", connection.channel().remoteAddress(), why);
            connection.close();
        }
    }

    private void cancel() {
        if (end != null) {
            end.cancel(false);
            end = null;
        }
    }

    private void leave() {
        if (place != null) {
            place.leave();
            place = null;
        }
    }
}

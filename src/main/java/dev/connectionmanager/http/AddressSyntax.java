package dev.connectionmanager.http;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Marks requests whose address is no URI (RFC 3986) as unreadable. The server would refuse them as well, before any filter and
 * without a word.
 */
@Sharable
final class AddressSyntax extends ChannelInboundHandlerAdapter {
    static final AddressSyntax CHECK = new AddressSyntax();
    static final Exception MALFORMED = new Malformed();
    private static final String NEVER = "\"<>\\^`{|}#";
    private static final String NOT_IN_PATHS = "[]";

    private static final class Malformed extends Exception {
        private Malformed() {
            super(null, null, false, false);
        }
    }

    private AddressSyntax() {}

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && request.decoderResult().isSuccess() && !holds(request.uri())) {
            request.setDecoderResult(DecoderResult.failure(MALFORMED));
        }
        context.fireChannelRead(message);
    }

    static boolean holds(String address) {
        return address.startsWith("/") ? isPathAndQuery(address) : isWhole(address);
    }

    private static boolean isPathAndQuery(String address) {
        var query = false;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '?') {
                query = true;
            } else if (c <= ' '
                    || c >= 0x7f
                    || NEVER.indexOf(c) >= 0
                    || !query && NOT_IN_PATHS.indexOf(c) >= 0
                    || c == '%' && !isEncoded(address, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isEncoded(String address, int percent) {
        return percent + 2 < address.length()
                && Character.digit(address.charAt(percent + 1), 16) >= 0
                && Character.digit(address.charAt(percent + 2), 16) >= 0;
    }

    /** As proxies are asked. RFC 9112 section 3.2.2. */
    private static boolean isWhole(String address) {
        try {
            var uri = new URI(address);
            var authority = uri.getRawAuthority();
            return uri.getHost() != null
                    && isPathAndQuery(address.substring(address.indexOf(authority) + authority.length()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

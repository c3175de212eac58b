package dev.connectionmanager.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Name to addresses, IPv4 and IPv6 alike. May block; its caller keeps the time. */
@FunctionalInterface
interface Resolver {
    /** The JVM’s own, with its hosts file if one was given to it. */
    Resolver OF_JVM = host -> List.of(InetAddress.getAllByName(host));

    /** @throws UnknownHostException when there is no such name, or no name server could say */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}

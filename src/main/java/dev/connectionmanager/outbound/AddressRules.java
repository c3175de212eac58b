package dev.connectionmanager.outbound;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses the portal may dial: globally routable unicast. Whatever stands in the IANA IPv4 and IPv6
 * Special-Purpose Address Registries is refused whole, also where the registry says "globally reachable": no endpoint
 * of a relying party lives on an anycast, translation or tunnel address. Multicast is in other registries (RFC 5771,
 * RFC 4291 section 2.7). IPv6 unicast is given out from 2000::/3 only, so all else is refused without a list: mapped
 * (::ffff:0:0/96), NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique-local, link-local and site-local addresses.
 */
public final class AddressRules {
    private static final List<Block> IPV4_SPECIAL = blocks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");
    private static final Block IPV6_GLOBAL_UNICAST = Block.of("2000::/3");
    /** With Teredo (2001::/32) inside the first and 6to4 as the third: both carry another address. */
    private static final List<Block> IPV6_SPECIAL =
            blocks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    /** Translated and mapped ones: their last four octets are an IPv4 address. */
    private static final List<Block> CARRY_IPV4 = blocks("64:ff9b::/96");

    private AddressRules() {}

    /** @param address an IPv4-mapped IPv6 address arrives as the IPv4 address that it carries: so the JDK makes it */
    public static boolean isPublic(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 4) {
            return IPV4_SPECIAL.stream().noneMatch(block -> block.holds(octets));
        }
        return IPV6_GLOBAL_UNICAST.holds(octets) && IPV6_SPECIAL.stream().noneMatch(block -> block.holds(octets));
    }

    /** As people write it: RFC 5952, and with the IPv4 address that it carries, if it does. */
    public static String shown(InetAddress address) {
        byte[] octets = address.getAddress();
        if (octets.length == 16 && CARRY_IPV4.stream().anyMatch(block -> block.holds(octets))) {
            return InetAddresses.toAddrString(address) + " (" + plain(octets).getHostAddress() + ")";
        }
        return InetAddresses.toAddrString(address);
    }

    private static InetAddress plain(byte[] octets) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(octets, 12, 16));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Block> blocks(String... written) {
        return Stream.of(written).map(Block::of).toList();
    }

    private record Block(byte[] first, int length) {
        static Block of(String written) {
            String[] parts = written.split("/");
            return new Block(InetAddresses.forString(parts[0]).getAddress(), Integer.parseInt(parts[1]));
        }

        boolean holds(byte[] octets) {
            int whole = length / 8;
            for (int i = 0; i < whole; i++) {
                if (octets[i] != first[i]) {
                    return false;
                }
            }
            int rest = length % 8;
            return rest == 0 || (octets[whole] & 0xff) >> (8 - rest) == (first[whole] & 0xff) >> (8 - rest);
        }
    }
}

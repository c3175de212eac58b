package dev.connectionmanager.outbound;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

    /** Addresses that carry an IPv4 address, and where in them it stands. */
    private static final List<Carrier> CARRY_IPV4 = List.of(
            // RFC 6052 section 2.1: NAT64 with the well-known prefix.
            new Carrier("64:ff9b::/96", 12, 13, 14, 15),
            // RFC 8215: NAT64 of one network, mostly with a prefix of 96 bits in there, else with the 48 themselves.
            new Carrier("64:ff9b:1::/96", 12, 13, 14, 15),
            new Carrier("64:ff9b:1::/48", 6, 7, 9, 10),
            // RFC 3056 section 2: 6to4.
            new Carrier("2002::/16", 2, 3, 4, 5),
            // RFC 7915 section 2.2: translated. RFC 4291 section 2.5.5.1: compatible. Mapped ones the JDK makes IPv4
            // addresses.
            new Carrier("::ffff:0:0:0/96", 12, 13, 14, 15),
            new Carrier("::/96", 12, 13, 14, 15));

    /** RFC 4380 section 4: the client's address, every bit of it turned round. */
    private static final Block TEREDO = Block.of("2001::/32");

    /** Below it no address is carried, but {@code ::} and {@code ::1} are spelled. */
    private static final Block THIS_NETWORK = Block.of("0.0.0.0/8");

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
        var written = InetAddresses.toAddrString(address);
        return carried(address.getAddress())
                .map(inside -> written + " (" + inside.getHostAddress() + ")")
                .orElse(written);
    }

    private static Optional<InetAddress> carried(byte[] octets) {
        if (octets.length == 4) {
            return Optional.empty();
        }
        var inside = TEREDO.holds(octets)
                ? Optional.of(turned(octets))
                : CARRY_IPV4.stream()
                        .filter(carrier -> carrier.block().holds(octets))
                        .findFirst()
                        .map(carrier -> carrier.inside(octets));
        return inside.filter(ipv4 -> !THIS_NETWORK.holds(ipv4)).map(AddressRules::address);
    }

    private static byte[] turned(byte[] octets) {
        byte[] inside = Arrays.copyOfRange(octets, 12, 16);
        for (int i = 0; i < inside.length; i++) {
            inside[i] = (byte) ~inside[i];
        }
        return inside;
    }

    private static InetAddress address(byte[] octets) {
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Block> blocks(String... written) {
        return Stream.of(written).map(Block::of).toList();
    }

    /** @param places the octets of the IPv4 address */
    private record Carrier(Block block, int... places) {
        Carrier(String written, int... places) {
            this(Block.of(written), places);
        }

        byte[] inside(byte[] octets) {
            byte[] inside = new byte[places.length];
            for (int i = 0; i < inside.length; i++) {
                inside[i] = octets[places[i]];
            }
            return inside;
        }
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

package dev.connectionmanager.policy;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import com.ibm.icu.text.IDNA;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The host of a URI, judged as typed.
 *
 * @param kind what it is
 * @param canonical how to spell it; {@code null} where it has no other spelling
 */
public record HostText(Kind kind, String canonical) {
    /** What a host can be. */
    public enum Kind {
        /** A DNS name under a public suffix. */
        PUBLIC,
        /** The same, under a suffix on which a provider gives names to its customers. */
        SHARED_HOSTING,
        /** The same, in a domain kept for documentation. */
        DOCUMENTATION,
        /** A name under a top-level domain that organisations use inside, or one label, which only their DNS completes. */
        INTERNAL,
        /** {@code localhost} or a name below it. */
        LOCALHOST,
        /** {@code 127.0.0.1} or {@code [::1]}. */
        LOOPBACK_ADDRESS,
        /** An address of networks inside organisations. */
        PRIVATE_ADDRESS,
        /** Any other address that can be one of a server. */
        ADDRESS,
        /** Nothing that can be reached. */
        INVALID
    }

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** WHATWG URL section 3.5: such a host is read as an IPv4 address by browsers, whatever its spelling. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    private static final Pattern DOTTED_QUAD =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\\.(?!$)|$)){4}");
    /** Used inside organisations although nobody delegates them. Policy; RFC 8375 for home.arpa, RFC 6762 appendix G. */
    private static final Set<String> INTERNAL_TOP_LEVEL = Set.of(
            "local",
            "localdomain",
            "localnet",
            "loc",
            "lan",
            "internal",
            "intern",
            "intranet",
            "intra",
            "inside",
            "corp",
            "home",
            "private",
            "priv",
            "prv",
            "domain",
            "workgroup",
            "server",
            "mail");
    /** RFC 2606 section 3. */
    private static final Set<String> DOCUMENTATION = Set.of("example.com", "example.net", "example.org");

    /** RFC 6761, RFC 7686, RFC 9476, RFC 3172. */
    private static final Set<String> SPECIAL_USE = Set.of("example", "invalid", "test", "onion", "alt", "arpa");

    /**
     * Government's own: on the private part of the Public Suffix List only to keep cookies apart, while no stranger gets
     * a name there. Inquiries and the like have second levels of their own.
     */
    private static final Pattern GOVERNMENT = Pattern.compile("(.*\\.)?gov\\.[a-z.]+"
            + "|(independent-(commission|inquest|inquiry|panel|review)|public-inquiry|royal-commission)\\.uk");

    private static final int LONGEST_NAME = 253;
    /** As browsers do it. UTS 46, without the transition from the older standard. */
    private static final IDNA INTERNATIONAL = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
            | IDNA.NONTRANSITIONAL_TO_UNICODE
            | IDNA.USE_STD3_RULES
            | IDNA.CHECK_BIDI
            | IDNA.CHECK_CONTEXTJ);

    /** @param host as typed, without port; empty for none */
    public static HostText of(String host) {
        var plain = plain(host);
        var kind = kind(plain);
        return new HostText(kind, kind == Kind.INVALID || plain.equals(host) ? null : plain);
    }

    public boolean loopback() {
        return kind == Kind.LOCALHOST || kind == Kind.LOOPBACK_ADDRESS;
    }

    /** Whether the live checks may be pointed at it: a DNS name under a public suffix, and not itself one. */
    public boolean publicName() {
        return kind == Kind.PUBLIC || kind == Kind.SHARED_HOSTING || kind == Kind.DOCUMENTATION;
    }

    /** Whether mail can go there: as {@link #publicName}, or a public suffix of several labels, as {@code gov.uk} is. */
    public static boolean takesMail(String domain) {
        return of(domain).publicName()
                || domain.indexOf('.') > 0
                        && InternetDomainName.isValid(domain)
                        && InternetDomainName.from(domain).isPublicSuffix();
    }

    /** A name as people read it, its A-labels spelled out; unchanged where it has none that are sound. */
    public static String unicode(String name) {
        var info = new IDNA.Info();
        var unicode = new StringBuilder();
        INTERNATIONAL.nameToUnicode(name, unicode, info);
        return info.hasErrors() ? name : unicode.toString();
    }

    private static String plain(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        if (lower.startsWith("[") && lower.endsWith("]")) {
            var inside = lower.substring(1, lower.length() - 1);
            return inside.indexOf('%') < 0 && InetAddresses.isInetAddress(inside)
                    ? "[" + literal6(inside) + "]"
                    : lower;
        }
        var undotted = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        return ascii(undotted);
    }

    /** RFC 5952. An IPv4-mapped address keeps its spelling: it is refused anyway. */
    private static String literal6(String inside) {
        var address = InetAddresses.forString(inside);
        return address instanceof Inet6Address ? InetAddresses.toAddrString(address) : inside;
    }

    /** The A-label form of a name with U-labels (RFC 5891); the name as it is where it has none. */
    private static String ascii(String name) {
        if (name.chars().allMatch(c -> c < 0x80)) {
            return name;
        }
        var info = new IDNA.Info();
        var ascii = new StringBuilder();
        INTERNATIONAL.nameToASCII(name, ascii, info);
        return info.hasErrors() ? name : ascii.toString();
    }

    private static Kind kind(String host) {
        if (host.startsWith("[")) {
            var inside = host.endsWith("]") ? host.substring(1, host.length() - 1) : "";
            // An IPv4-mapped literal comes back as an IPv4 address: it hides where it leads.
            return inside.indexOf(':') >= 0
                            && inside.indexOf('%') < 0
                            && InetAddresses.isInetAddress(inside)
                            && InetAddresses.forString(inside) instanceof Inet6Address address
                    ? address(address)
                    : Kind.INVALID;
        }
        if (ENDS_IN_NUMBER.matcher(host).matches()) {
            return DOTTED_QUAD.matcher(host).matches() ? address(InetAddresses.forString(host)) : Kind.INVALID;
        }
        return name(host);
    }

    private static Kind name(String host) {
        var labels = host.split("\\.", -1);
        if (host.length() > LONGEST_NAME) {
            return Kind.INVALID;
        }
        for (var label : labels) {
            if (!LABEL.matcher(label).matches() || label.startsWith("xn--") && !punycode(label)) {
                return Kind.INVALID;
            }
        }
        if (labels[labels.length - 1].equals("localhost")) {
            return Kind.LOCALHOST;
        }
        if (labels.length < 2) {
            return SPECIAL_USE.contains(host) || isSuffix(host) ? Kind.INVALID : Kind.INTERNAL;
        }
        if (INTERNAL_TOP_LEVEL.contains(labels[labels.length - 1]) || host.endsWith(".home.arpa")) {
            return Kind.INTERNAL;
        }
        return SPECIAL_USE.contains(labels[labels.length - 1]) || !InternetDomainName.isValid(host)
                ? Kind.INVALID
                : delegated(InternetDomainName.from(host));
    }

    private static boolean isSuffix(String label) {
        return InternetDomainName.isValid(label)
                && InternetDomainName.from(label).isPublicSuffix();
    }

    private static Kind delegated(InternetDomainName name) {
        if (!name.hasRegistrySuffix() || name.isRegistrySuffix()) {
            return Kind.INVALID;
        }
        if (GOVERNMENT.matcher(name.publicSuffix().toString()).matches()) {
            return Kind.PUBLIC;
        }
        if (name.isPublicSuffix()) {
            return Kind.INVALID;
        }
        if (DOCUMENTATION.contains(name.topDomainUnderRegistrySuffix().toString())) {
            return Kind.DOCUMENTATION;
        }
        return name.publicSuffix().equals(name.registrySuffix()) ? Kind.PUBLIC : Kind.SHARED_HOSTING;
    }

    private static boolean punycode(String label) {
        var unicode = unicode(label);
        return !unicode.equals(label) && ascii(unicode).equals(label);
    }

    private static Kind address(InetAddress address) {
        if (address.isLoopbackAddress()) {
            var literal = InetAddresses.toAddrString(address);
            return literal.equals("127.0.0.1") || literal.equals("::1") ? Kind.LOOPBACK_ADDRESS : Kind.INVALID;
        }
        if (address.isAnyLocalAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
            return Kind.INVALID;
        }
        if (address instanceof Inet4Address v4) {
            return thisNetworkOrReserved(v4)
                    ? Kind.INVALID
                    : v4.isSiteLocalAddress() ? Kind.PRIVATE_ADDRESS : Kind.ADDRESS;
        }
        var first = address.getAddress()[0] & 0xff;
        if ((first & 0xfe) == 0xfc) {
            return Kind.PRIVATE_ADDRESS;
        }
        // Outside 2000::/3 nothing is global unicast; mapped and translated addresses are among it. RFC 4291 section
        // 2.4.
        return (first & 0xe0) == 0x20 ? Kind.ADDRESS : Kind.INVALID;
    }

    /** 0.0.0.0/8 and 240.0.0.0/4: RFC 6890 section 2.2.2. */
    private static boolean thisNetworkOrReserved(Inet4Address address) {
        var first = address.getAddress()[0] & 0xff;
        return first == 0 || first >= 240;
    }
}

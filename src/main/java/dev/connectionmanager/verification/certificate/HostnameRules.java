package dev.connectionmanager.verification.certificate;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import dev.connectionmanager.policy.Rule;
import dev.connectionmanager.policy.Violations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.x509.GeneralName;

/** Whether a certificate is for the host that was asked for: RFC 9525, subjectAltName only, never the common name. */
final class HostnameRules {
    private HostnameRules() {}

    static Violations check(String host, ParsedCertificate leaf) {
        Violations.Collector found = new Violations.Collector();
        String asked = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (InetAddresses.isInetAddress(asked)) {
            if (!holdsAddress(leaf, InetAddresses.forString(asked).getAddress())) {
                found.add("", Rule.CERTIFICATE_NAME_MISMATCH, PrintableText.plain(asked), namesFound(leaf));
            }
            return found.violations();
        }
        String name = normal(asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked);
        List<String> matching = dnsNames(leaf).stream()
                .filter(pattern -> matches(pattern, name))
                .toList();
        if (matching.isEmpty()) {
            found.add("", Rule.CERTIFICATE_NAME_MISMATCH, PrintableText.plain(asked), namesFound(leaf));
            return found.violations();
        }
        if (matching.stream().allMatch(HostnameRules::coversRegistry)) {
            found.add("", Rule.CERTIFICATE_WILDCARD_TOO_WIDE, matching.get(0));
        } else if (matching.stream().allMatch(HostnameRules::coversSharedSuffix)) {
            found.add("", Rule.CERTIFICATE_WILDCARD_SHARED, matching.get(0));
        }
        return found.violations();
    }

    private static List<String> dnsNames(ParsedCertificate leaf) {
        return leaf.names().stream()
                .filter(name -> name.getTagNo() == GeneralName.dNSName)
                .map(name -> normal(((ASN1String) name.getName()).getString()))
                .toList();
    }

    private static boolean holdsAddress(ParsedCertificate leaf, byte[] address) {
        return leaf.names().stream()
                .filter(name -> name.getTagNo() == GeneralName.iPAddress)
                .map(name -> ASN1OctetString.getInstance(name.getName()).getOctets())
                .anyMatch(octets -> Arrays.equals(octets, address));
    }

    /** RFC 9525 section 6.3: a wildcard is one whole left-most label and stands for exactly one label. */
    private static boolean matches(String pattern, String name) {
        if (!isHostName(name)) {
            return false;
        }
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int firstDot = name.indexOf('.');
        return firstDot > 0
                && isHostName(pattern.substring(2))
                && name.substring(firstDot + 1).equals(pattern.substring(2));
    }

    /** Letters, digits, hyphens, and the underscore that some hosts carry; no empty label, nothing to disguise. */
    private static boolean isHostName(String name) {
        return name.length() <= 253
                && Arrays.stream(name.split("\\.", -1)).allMatch(label -> label.matches("[a-z0-9_-]{1,63}"));
    }

    /** A wildcard right under a registry’s suffix, such as {@code *.co.uk}. Baseline Requirements 3.2.2.6. */
    private static boolean coversRegistry(String pattern) {
        if (!pattern.startsWith("*.")) {
            return false;
        }
        String base = pattern.substring(2);
        return base.indexOf('.') < 0
                || (InternetDomainName.isValid(base)
                        && InternetDomainName.from(base).isRegistrySuffix());
    }

    /** A wildcard right under a hosting company’s suffix, such as {@code *.azurewebsites.net}: common, and not one team’s. */
    private static boolean coversSharedSuffix(String pattern) {
        if (!pattern.startsWith("*.")) {
            return false;
        }
        String base = pattern.substring(2);
        return coversRegistry(pattern)
                || (InternetDomainName.isValid(base)
                        && InternetDomainName.from(base).isPublicSuffix());
    }

    private static String namesFound(ParsedCertificate leaf) {
        List<String> found = new ArrayList<>(dnsNames(leaf));
        for (GeneralName name : leaf.names()) {
            if (name.getTagNo() == GeneralName.iPAddress) {
                found.add(address(ASN1OctetString.getInstance(name.getName()).getOctets()));
            }
        }
        return found.isEmpty() ? "-" : PrintableText.of(found);
    }

    private static String address(byte[] octets) {
        try {
            return InetAddresses.toAddrString(java.net.InetAddress.getByAddress(octets));
        } catch (java.net.UnknownHostException oddLength) {
            return "?";
        }
    }

    private static String normal(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}

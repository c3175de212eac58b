package dev.connectionmanager.verification.probe;

import dev.connectionmanager.outbound.AddressRules;
import dev.connectionmanager.outbound.Handshake;
import dev.connectionmanager.outbound.Response;
import dev.connectionmanager.verification.certificate.PrintableText;
import dev.connectionmanager.verification.certificate.TrustAnchors;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of an endpoint, for people to check. Members are null as far as the check did not get there. Free
 * text of the other side is cut short and reduced to visible ASCII.
 *
 * @param address the IP address that was dialled
 * @param chain as presented, in the order presented
 * @param trustAnchors names the set of roots that was trusted, see {@link TrustAnchors#fingerprint()}
 * @param location where a redirect would have led
 */
@RecordBuilder
public record EndpointObservation(
        String address,
        Integer port,
        String protocol,
        String cipherSuite,
        List<Certificate> chain,
        String trustAnchors,
        Integer status,
        String mediaType,
        String location,
        Times times)
        implements EndpointObservationBuilder.With {
    public static final EndpointObservation NOTHING = new EndpointObservation(
            null, null, null, null, List.of(), null, null, null, null, new Times(null, null, null, null));
    private static final int MOST_NAMES = 100;

    /** Milliseconds that each part took; null as far as it was not reached. */
    public record Times(Long dns, Long connection, Long tls, Long content) {}

    /**
     * @param names DNS names of subjectAltName, the first 100
     * @param sha256 of the whole certificate, in hexadecimal
     */
    public record Certificate(
            String subject, String issuer, Instant notBefore, Instant notAfter, List<String> names, String sha256) {
        public static Certificate of(X509Certificate certificate) {
            return new Certificate(
                    PrintableText.plain(certificate.getSubjectX500Principal().getName()),
                    PrintableText.plain(certificate.getIssuerX500Principal().getName()),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant(),
                    alternativeNames(certificate),
                    fingerprint(certificate));
        }
    }

    static EndpointObservation address(String address, Integer port, Times times) {
        return NOTHING.with(seen -> seen.address(address).port(port).times(times));
    }

    static EndpointObservation handshake(Handshake seen, TrustAnchors anchors) {
        return EndpointObservationBuilder.builder()
                .address(AddressRules.shown(seen.address()))
                .port(seen.port())
                .protocol(seen.protocol())
                .cipherSuite(seen.cipherSuite())
                .chain(seen.chain().stream().map(Certificate::of).toList())
                .trustAnchors(anchors.fingerprint())
                .times(new Times(
                        seen.resolving().toMillis(),
                        seen.connecting().toMillis(),
                        seen.handshaking().toMillis(),
                        null))
                .build();
    }

    EndpointObservation with(Response response) {
        return with(seen -> seen.status(response.status())
                .mediaType(response.header("Content-Type")
                        .map(PrintableText::plain)
                        .orElse(null))
                .location(response.header("Location").map(PrintableText::plain).orElse(null))
                .times(new Times(
                        times.dns(),
                        times.connection(),
                        times.tls(),
                        response.taken().toMillis())));
    }

    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> name.get(0).equals(2))
                    .map(name -> PrintableText.plain((String) name.get(1)))
                    .limit(MOST_NAMES)
                    .toList();
        } catch (CertificateParsingException | RuntimeException unreadable) {
            // The JDK throws the latter for a name of a form that hardly anybody uses.
            return List.of();
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

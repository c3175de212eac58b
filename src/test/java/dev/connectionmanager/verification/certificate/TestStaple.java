package dev.connectionmanager.verification.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculator;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** OCSP responses as a server of {@link TestPki} would staple them. */
public final class TestStaple {
    private TestStaple() {}

    /**
     * A stapled OCSP response (DER).
     *
     * @param signer the issuer, or a responder that it certified (whose certificate is then sent along)
     * @param revokedAt null for "good"
     */
    public static byte[] response(
            TestPki.Issued leaf, TestPki.Issued issuer, TestPki.Issued signer, Instant revokedAt) {
        try {
            DigestCalculator sha1 =
                    new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
            X509CertificateHolder by =
                    new X509CertificateHolder(issuer.certificate().getEncoded());
            X509CertificateHolder signedBy =
                    new X509CertificateHolder(signer.certificate().getEncoded());
            CertificateStatus status =
                    revokedAt == null ? CertificateStatus.GOOD : new RevokedStatus(Date.from(revokedAt), 1);
            BasicOCSPRespBuilder response = new BasicOCSPRespBuilder(new RespID(signedBy.getSubject()));
            response.addResponse(
                    new CertificateID(sha1, by, leaf.certificate().getSerialNumber()),
                    status,
                    Date.from(TestPki.NOW.minusSeconds(3600)),
                    Date.from(TestPki.NOW.plus(Duration.ofDays(3))));
            X509CertificateHolder[] along = issuer == signer ? null : new X509CertificateHolder[] {signedBy};
            ContentSigner with = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.key());
            OCSPResp whole = new OCSPRespBuilder()
                    .build(OCSPRespBuilder.SUCCESSFUL, response.build(with, along, Date.from(TestPki.NOW)));
            return whole.getEncoded();
        } catch (OperatorException | OCSPException | GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }
}

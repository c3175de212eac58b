package dev.connectionmanager.audit;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;
import org.bouncycastle.util.io.pem.PemWriter;

/** The Ed25519 key that signs checkpoints, in PEM as OpenSSL writes it. Its {@code kid} is its RFC 7638 thumbprint. */
public final class CheckpointKey {
    private CheckpointKey() {}

    /**
     * @param setting a PEM private key (PKCS #8), or the path of a file that holds it
     * @throws IllegalArgumentException with a sentence that says what is wrong
     */
    public static OctetKeyPair readPrivate(String setting) {
        var pem = setting.contains("-----BEGIN") ? setting : text(Path.of(setting.strip()));
        try {
            if (PrivateKeyFactory.createKey(content(pem)) instanceof Ed25519PrivateKeyParameters key) {
                return new OctetKeyPair.Builder(
                                Curve.Ed25519,
                                Base64URL.encode(key.generatePublicKey().getEncoded()))
                        .d(Base64URL.encode(key.getEncoded()))
                        .keyIDFromThumbprint()
                        .build();
            }
        } catch (IOException | RuntimeException | JOSEException e) {
            throw new IllegalArgumentException("it is no private key in PEM", e);
        }
        throw new IllegalArgumentException("it is no Ed25519 key");
    }

    /** @throws IllegalArgumentException with a sentence that says what is wrong */
    public static OctetKeyPair readPublic(Path file) {
        try {
            if (PublicKeyFactory.createKey(content(text(file))) instanceof Ed25519PublicKeyParameters key) {
                return new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(key.getEncoded()))
                        .keyIDFromThumbprint()
                        .build();
            }
        } catch (IOException | RuntimeException | JOSEException e) {
            throw new IllegalArgumentException(file + " holds no public key in PEM", e);
        }
        throw new IllegalArgumentException(file + " holds no Ed25519 key");
    }

    /** Makes a key where there is none, and writes its public half beside it, with the ending {@code .pub}. */
    public static void makeUnlessThere(Path file) throws IOException, GeneralSecurityException {
        if (Files.exists(file)) {
            return;
        }
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(
                file.resolveSibling(file.getFileName() + ".pub"),
                pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                file, pem("PRIVATE KEY", pair.getPrivate().getEncoded()), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private static String pem(String type, byte[] content) throws IOException {
        var text = new StringWriter();
        try (var pem = new PemWriter(text)) {
            pem.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }

    private static byte[] content(String pem) throws IOException {
        try (var reader = new PemReader(new StringReader(pem))) {
            var object = reader.readPemObject();
            if (object == null) {
                throw new IOException("no PEM");
            }
            return object.getContent();
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException("the file " + file + " cannot be read", e);
        }
    }
}

package dev.connectionmanager.credential;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;

/** Keysets in JSON, as an operator makes and changes them with Tink's own tool. */
public final class Keysets {
    private Keysets() {}

    public static String fresh() throws GeneralSecurityException {
        AeadConfig.register();
        return json(KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM));
    }

    /** The same keys and a new one, which is primary. */
    public static String withNewPrimary(String keyset) throws GeneralSecurityException {
        return json(KeysetHandle.newBuilder(parse(keyset))
                .addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()
                        .makePrimary())
                .build());
    }

    /** The same keys, of which this one is primary, counted from zero. */
    public static String withPrimary(String keyset, int key) throws GeneralSecurityException {
        var changed = KeysetHandle.newBuilder(parse(keyset));
        changed.getAt(key).makePrimary();
        return json(changed.build());
    }

    /** The same keys without the first. */
    public static String withoutFirst(String keyset) throws GeneralSecurityException {
        var changed = KeysetHandle.newBuilder(parse(keyset));
        changed.deleteAt(0);
        return json(changed.build());
    }

    private static KeysetHandle parse(String keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
    }

    private static String json(KeysetHandle keyset) throws GeneralSecurityException {
        return TinkJsonProtoKeysetFormat.serializeKeyset(keyset, InsecureSecretKeyAccess.get());
    }
}

package dev.connectionmanager.web.account;

import dev.connectionmanager.credential.KeptCredential;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** What a team's API credentials and an operator's own look alike in. */
@CheckedTemplate(basePath = "credentials")
public final class CredentialTemplates {
    private CredentialTemplates() {}

    /** @param list the address of the page that lists them, in all of these */
    public static native TemplateInstance issued(String list, KeptCredential.Issued issued);

    public static native TemplateInstance revocation(String list, KeptCredential credential);
}

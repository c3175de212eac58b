package dev.connectionmanager.mock.test;

import dev.connectionmanager.mock.MockDatabase;
import dev.connectionmanager.mock.provider.Issuer;
import dev.connectionmanager.mock.provider.KeySteps;
import dev.connectionmanager.mock.provider.OwnIssuers.Own;
import dev.connectionmanager.mock.provider.SpareKeys;
import dev.connectionmanager.policy.Parsed;
import dev.connectionmanager.policy.Reason;
import dev.connectionmanager.policy.Refusal;
import jakarta.inject.Singleton;

/** How a test changes its key while a relying party looks. */
@Singleton
public class TestKeys {
    private final KeySteps steps;
    private final SpareKeys spare;
    private final MockDatabase database;

    TestKeys(KeySteps steps, SpareKeys spare, MockDatabase database) {
        this.database = database;
        this.steps = steps;
        this.spare = spare;
    }

    /**
     * @throws Refusal.Rejected for another step
     * @throws Refusal.Conflict where there is no key for it
     * @throws SpareKeys.NoneReady where no key is ready to be published
     */
    public void turn(Own own, Parsed<KeyStep> asked) {
        Refusal.Rejected.ifBlocking(asked.and(TestRules.check(asked.candidate())));
        if (!turn(own.issuer(), asked.candidate().step())) {
            throw new Refusal.Conflict(Reason.KEY_STEP_NOT_NOW);
        }
    }

    private boolean turn(Issuer issuer, String step) {
        return switch (step) {
            case "publish" -> publish(issuer);
            case "use" -> steps.use(issuer);
            default -> steps.withdraw(issuer);
        };
    }

    private boolean publish(Issuer issuer) {
        try {
            return database.transaction(connection -> {
                steps.publish(issuer, spare.take());
                return true;
            });
        } finally {
            spare.fill();
        }
    }
}

package dev.connectionmanager.mock.test;

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

    TestKeys(KeySteps steps, SpareKeys spare) {
        this.steps = steps;
        this.spare = spare;
    }

    /**
     * @throws Refusal.Rejected for another step
     * @throws Refusal.Conflict where there is no key for it
     */
    public void turn(Own own, Parsed<KeyStep> asked) {
        Refusal.Rejected.ifBlocking(asked.and(TestRules.check(asked.candidate())));
        if (!turn(own.issuer(), asked.candidate().step())) {
            throw new Refusal.Conflict(Reason.KEY_STEP_NOT_NOW);
        }
    }

    private boolean turn(Issuer issuer, String step) {
        return switch (step) {
            case "publish" ->
                spare.take()
                        .map(key -> {
                            steps.publish(issuer, key);
                            return true;
                        })
                        .orElse(false);
            case "use" -> steps.use(issuer);
            default -> steps.withdraw(issuer);
        };
    }
}

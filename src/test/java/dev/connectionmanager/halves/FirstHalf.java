package dev.connectionmanager.halves;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** Pages and what checks connections. */
@Suite
@SelectPackages("dev.connectionmanager")
@IncludeClassNamePatterns({FirstHalf.ROOMS, FirstHalf.BOTH})
class FirstHalf {
    static final String ROOMS =
            "dev\\.connectionmanager\\.(web|audit|verification|outbound|metadata|policy|wording|team|session|start)\\..*Test";

    /** Searches what the tests before it left in their portal. */
    static final String BOTH = "dev\\.connectionmanager\\.SecretScanTest";
}

package dev.connectionmanager.halves;

import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/** All that is not in the first half. */
@Suite
@SelectPackages("dev.connectionmanager")
@IncludeClassNamePatterns(".*Test")
@ExcludeClassNamePatterns(FirstHalf.ROOMS)
class SecondHalf {}

/**
 * Relying parties of other makers, started from the very text of the kits, against the mock: {@code mvn -B verify -Pconnections}, and
 * Quarkus alone with every change. What they needed beside that text is under {@code src/test/connections}.
 */
package dev.connectionmanager.connections;

/**
 * What comes before the portal takes requests: which settings it needs, which database it may use, local mode with its
 * database and first teams. Stops a start in one sentence. Must not know what a request asks for.
 */
package dev.connectionmanager.start;

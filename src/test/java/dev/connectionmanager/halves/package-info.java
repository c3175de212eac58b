/** The suite in two halves of about the same length, which run side by side, each in a JVM of its own with portals of its own. */
package dev.connectionmanager.halves;

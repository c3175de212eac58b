/**
 * Configuration and code with which an application logs people in, per framework, filled with the values of its registration.
 * The texts are templates under {@code kits/} on the class path; each is started in a test from what is shown here.
 *
 * <p>Reads registrations and the mock's local addresses. It never reads a client secret: a text names the place where one belongs.
 */
package dev.connectionmanager.kit;

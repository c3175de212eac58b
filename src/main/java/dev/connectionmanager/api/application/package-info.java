/**
 * The resources of applications, of their hand-over, and of the environments that they can be registered in.
 */
package dev.connectionmanager.api.application;

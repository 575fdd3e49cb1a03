"""Frequencies among themselves: which channels exist, which disturb each other. Exact, in whole hertz.

allotments       the parts of the spectrum, their services and their channel rasters, each with its source
spacing          channels that are too close to each other; transmit and receive at one repeater site
intermodulation  two- and three-signal products of third and fifth order, onto every receive frequency
receiver         image and half-IF of a receiver whose intermediate frequency is known
plan             all of it said of a plan, as findings P02 and P11
"""

from .plan import Site, findings

__all__ = ["Site", "findings"]

from django import template

from kernen.value.money import kroner, plain

register = template.Library()
register.filter(kroner)
register.filter(plain)
